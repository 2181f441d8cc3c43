// Points Meta's official SDK for Node at our server: the two getters that it builds every address from, and nothing else.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

export const sdk = createRequire(import.meta.url)('facebook-nodejs-business-sdk');

// adAccount starts the SDK and gives the server's ad account.
export function adAccount(server, crashLog = false) {
  for (const host of ['GRAPH', 'GRAPH_VIDEO']) Object.defineProperty(sdk.FacebookAdsApi, host, { configurable: true, get: () => server.url });
  sdk.FacebookAdsApi.init(server.token, undefined, crashLog);
  return new sdk.AdAccount(server.account_id);
}

// refused waits for a call that must fail with an error of the platform, and gives it.
export async function refused(call) {
  let error;
  await assert.rejects(call, (e) => {
    error = e;
    return e.name === 'FacebookRequestError';
  });
  return error;
}
