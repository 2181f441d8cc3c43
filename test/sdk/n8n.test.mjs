// n8n's Facebook Graph API node, whose host can be set and whose every parameter goes into the query, also of a POST.
import assert from 'node:assert/strict';
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';

import { campaignParams, start } from './server.mjs';

const server = await start();

// The node asks n8n for little: names of connections, and two classes of error.
const load = Module._load;
Module._load = (request, ...rest) => request === 'n8n-workflow'
  ? { NodeConnectionTypes: { Main: 'main' }, NodeApiError: class extends Error { constructor(_, e) { super(e.message); } }, NodeOperationError: Error }
  : load(request, ...rest);
const { FacebookGraphApi } = createRequire(import.meta.url)(join(import.meta.dirname, 'node_modules/.n8n/FacebookGraphApi.node.js'));

// run executes the node once with these settings, and gives the JSON that it passes on. It always asks by https; the request is made by
// http, since only the name of the scheme differs.
async function run(settings) {
  const context = {
    getInputData: () => [{}],
    getNode: () => ({}),
    continueOnFail: () => false,
    getNodeParameter: (name, _, fallback) => settings[name] ?? fallback,
    getCredentials: async () => ({ accessToken: server.token }),
    helpers: { request: async ({ method, uri, qs, headers }) => {
      const url = new URL(uri.replace('https:', 'http:'));
      for (const [name, value] of Object.entries(qs)) url.searchParams.set(name, value);
      const answer = await fetch(url, { method, headers });
      const body = await answer.json();
      if (!answer.ok) throw new Error(body.error.message);
      return body;
    } },
  };
  const [[{ json }]] = await new FacebookGraphApi().execute.call(context);
  return json;
}

const host = new URL(server.url).host;
const parameters = (object) => ({ queryParameters: { parameter: Object.entries(object).map(([name, value]) => ({ name, value: typeof value === 'string' ? value : JSON.stringify(value) })) } });

test('it reads without a version in the path', async () => {
  const answer = await run({ hostUrl: host, httpRequestMethod: 'GET', graphApiVersion: '', node: server.account_id, edge: 'insights',
    options: { fields: { field: [{ name: 'impressions' }, { name: 'spend' }] }, ...parameters({ date_preset: 'last_7d' }) } });
  assert.deepEqual(answer.data, []);
});

test('it writes with everything in the query', async () => {
  const { id } = await run({ hostUrl: host, httpRequestMethod: 'POST', graphApiVersion: 'v25.0', node: server.account_id, edge: 'campaigns', options: parameters(campaignParams) });
  const read = await run({ hostUrl: host, httpRequestMethod: 'GET', graphApiVersion: 'v25.0', node: id, edge: '', options: { fields: { field: [{ name: 'name' }] } } });
  assert.equal(read.name, campaignParams.name);
});

test('the old version of its credential test answers', async () => {
  assert.ok((await run({ hostUrl: host, httpRequestMethod: 'GET', graphApiVersion: 'v8.0', node: 'me', edge: '', options: {} })).id);
});
