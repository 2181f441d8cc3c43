// Serves a GGUF model over OpenAI's chat completions, with a JSON schema as grammar: node server.mjs model.gguf. Prints its address.
// One thread: for so small a model, threads that wait for each other on a busy machine take seventy times as long.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { getLlama, LlamaCompletion, LlamaLogLevel } from 'node-llama-cpp';

const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 1, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: process.argv[2] });
const context = await model.createContext({ contextSize: 8192, threads: 1 });
const completion = new LlamaCompletion({ contextSequence: context.getSequence() });

const server = createServer(async (request, response) => {
  const asked = await json(request);
  const { schema } = asked.response_format.json_schema;
  const prompt = asked.messages.map(({ role, content }) => `${role}: ${content}\n`).join('') + 'assistant: ';
  const { response: content, metadata } = await completion.generateCompletionWithMeta(prompt, {
    grammar: await llama.createGrammarForJsonSchema(schema), maxTokens: asked.max_tokens, temperature: asked.temperature, seed: asked.seed,
  });
  const cut = metadata.stopReason === 'maxTokens';
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify({ object: 'chat.completion', model: asked.model,
    choices: [{ index: 0, finish_reason: cut ? 'length' : 'stop', message: { role: 'assistant', content } }] }));
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/v1`));
