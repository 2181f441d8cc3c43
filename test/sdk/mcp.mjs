// Talks to an MCP server on its standard streams, as an assistant would.
import assert from 'node:assert/strict';
import { after } from 'node:test';

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

// connect starts a server by its command. What it gives calls a tool and returns its text, which must not be an error unless fails is set.
export async function connect(command, args, env) {
  const client = new Client({ name: 'marquetry-tests', version: '1' });
  await client.connect(new StdioClientTransport({ command, args, env: { ...process.env, ...env }, stderr: 'ignore' }));
  after(() => client.close());
  const call = async (name, params = {}, fails = false) => {
    const answer = await client.callTool({ name, arguments: params });
    const text = answer.content?.[0]?.text ?? '';
    assert.equal(answer.isError === true, fails, `${name}: ${text}`);
    return text;
  };
  return { call, tools: async () => (await client.listTools()).tools };
}
