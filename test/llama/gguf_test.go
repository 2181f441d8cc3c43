package llama

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
)

// gguf writes the file format of llama.cpp's models, version 3:
// https://github.com/ggml-org/ggml/blob/master/docs/gguf.md. Everything is little-endian.
type gguf struct {
	keys, infos, data bytes.Buffer
	nKeys, nTensors   uint64
	random            *rand.Rand
}

// Types of values in a GGUF file.
const (
	typeUint32  uint32 = 4
	typeInt32   uint32 = 5
	typeFloat32 uint32 = 6
	typeString  uint32 = 8
	typeArray   uint32 = 9
)

// put writes numbers, and strings behind their length.
func put(b *bytes.Buffer, values ...any) {
	for _, v := range values {
		if s, ok := v.(string); ok {
			put(b, uint64(len(s)))
			b.WriteString(s)
			continue
		}
		_ = binary.Write(b, binary.LittleEndian, v) // a buffer takes everything
	}
}

// key writes a key with its value.
func (g *gguf) key(name string, values ...any) {
	put(&g.keys, name)
	put(&g.keys, values...)
	g.nKeys++
}

// tensor writes random weights, normally distributed around the mean of each row. A tensor begins at a multiple of 32 bytes.
func (g *gguf) tensor(name string, spread float64, mean func(row uint64) float64, dims ...uint64) {
	put(&g.infos, name, uint32(len(dims)))
	size := uint64(1)
	for _, d := range dims {
		put(&g.infos, d)
		size *= d
	}
	put(&g.infos, uint32(0), uint64(g.data.Len())) // type 0 is float32
	for i := range size {
		put(&g.data, float32(mean(i/dims[0])+spread*g.random.NormFloat64()))
	}
	g.data.Write(make([]byte, -g.data.Len()&31))
	g.nTensors++
}

// bytesVocabulary writes a vocabulary of every byte and three marks.
func (g *gguf) bytesVocabulary() (size uint64) {
	tokens := []string{"<unk>", "<s>", "</s>"}
	types := []int32{2, 3, 3} // unknown, control, control
	for b := range 256 {
		tokens, types = append(tokens, fmt.Sprintf("<0x%02X>", b)), append(types, 6) // byte
	}
	size = uint64(len(tokens))
	list := []any{typeArray, typeString, size}
	for _, t := range tokens {
		list = append(list, t)
	}
	g.key("tokenizer.ggml.model", typeString, "llama")
	g.key("tokenizer.ggml.tokens", list...)
	g.key("tokenizer.ggml.scores", typeArray, typeFloat32, size, make([]float32, size))
	g.key("tokenizer.ggml.token_type", typeArray, typeInt32, size, types)
	for i, name := range []string{"unknown", "bos", "eos"} {
		g.key("tokenizer.ggml."+name+"_token_id", typeUint32, uint32(i))
	}
	return size
}

// always is the same mean for every row.
func always(mean float64) func(uint64) float64 { return func(uint64) float64 { return mean } }

// fond is a mean that makes a model likely to say a quotation mark, which ends what it says: its embeddings have a mean, too.
func fond(row uint64) float64 {
	if row == 3+'"' {
		return 0.06
	}
	return 0
}

// randomModel is a llama of two layers that has learnt nothing: 64 wide, four heads, half a megabyte.
func randomModel(seed uint64) []byte {
	const width, inner, layers, heads = 64, 128, 2, 4
	g := &gguf{random: rand.New(rand.NewPCG(seed, 0))}
	g.key("general.architecture", typeString, "llama")
	for _, k := range []struct {
		name  string
		value uint32
	}{
		{"context_length", 8192}, {"embedding_length", width}, {"block_count", layers}, {"feed_forward_length", inner},
		{"attention.head_count", heads}, {"attention.head_count_kv", heads}, {"rope.dimension_count", width / heads},
	} {
		g.key("llama."+k.name, typeUint32, k.value)
	}
	g.key("llama.attention.layer_norm_rms_epsilon", typeFloat32, float32(1e-5))
	vocabulary := g.bytesVocabulary()
	g.tensor("token_embd.weight", 0.1, always(0.1), width, vocabulary)
	g.tensor("output_norm.weight", 0, always(1), width)
	g.tensor("output.weight", 0.1, fond, width, vocabulary)
	for i := range layers {
		name := func(part string) string { return fmt.Sprintf("blk.%d.%s.weight", i, part) }
		for _, part := range []string{"attn_norm", "ffn_norm"} {
			g.tensor(name(part), 0, always(1), width)
		}
		for _, part := range []string{"attn_q", "attn_k", "attn_v", "attn_output"} {
			g.tensor(name(part), 0.1, always(0), width, width)
		}
		g.tensor(name("ffn_gate"), 0.1, always(0), width, inner)
		g.tensor(name("ffn_up"), 0.1, always(0), width, inner)
		g.tensor(name("ffn_down"), 0.1, always(0), inner, width)
	}
	var file bytes.Buffer
	file.WriteString("GGUF")
	put(&file, uint32(3), g.nTensors, g.nKeys)
	file.Write(g.keys.Bytes())
	file.Write(g.infos.Bytes())
	file.Write(make([]byte, -file.Len()&31))
	file.Write(g.data.Bytes())
	return file.Bytes()
}
