// Meta's official SDK for Node: lists, batches, several objects at once, errors, tokens, and the crash reporter.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, campaignParams, start } from './server.mjs';
import { adAccount, refused, sdk } from './node_sdk.mjs';

const { AdAccount, AdLabel, Campaign, FacebookAdsApi, FacebookAdsApiBatch, User } = sdk;
const server = await start();
const account = adAccount(server);
const api = FacebookAdsApi.getDefaultApi();

test('a list is paged forwards and back by the links in the answers', async () => {
  for (const name of ['one', 'two', 'three', 'four', 'five']) await account.createAdLabel([], { name });
  const page = await account.getAdLabels(['name'], { limit: 2 });
  const names = page.map((label) => label.name);
  while (page.hasNext()) {
    await page.next();
    names.push(...page.map((label) => label.name));
  }
  assert.deepEqual(names, ['five', 'four', 'three', 'two', 'one']);
  await page.previous();
  assert.deepEqual(page.map((label) => label.name), ['three', 'two']);
});

test('a list is counted', async () => {
  const page = await account.getAdLabels(['name'], { limit: 1, summary: 'total_count' });
  assert.equal(page.summary.total_count, 5);
});

test('a label is put on a campaign, found there, and taken off', async () => {
  const { id } = await account.createCampaign([], campaignParams);
  await new Campaign(id).createAdLabel([], { adlabels: [{ name: 'one' }, { name: 'new' }] });
  const read = await new Campaign(id).read(['adlabels{id,name}']);
  assert.deepEqual(read.adlabels.map((label) => label.name).sort(), ['new', 'one']);
  const one = read.adlabels.find((label) => label.name === 'one');
  const [found] = await new AdLabel(one.id).getCampaigns(['name'], {});
  assert.equal(found.id, id);
  const [byLabel] = await account.getCampaignsByLabels(['name'], { ad_label_ids: [one.id], operator: 'ALL' });
  assert.equal(byLabel.id, id);
  await new AdLabel(one.id).delete();
  assert.deepEqual((await new Campaign(id).read(['adlabels{name}'])).adlabels.map((label) => label.name), ['new']);
});

test('several objects are read at once', async () => {
  const ids = [(await account.createAdLabel([], { name: 'a' })).id, (await account.createAdLabel([], { name: 'b' })).id];
  const labels = await AdLabel.getByIds(ids, ['name']);
  assert.deepEqual(labels.map((label) => label.id.name).sort(), ['a', 'b']); // this SDK takes each answer for the object's id
});

test('a batch answers each operation by itself, names with & and % included', async () => {
  const answers = [];
  const batch = new FacebookAdsApiBatch(api);
  const add = (...op) => batch.add(...op, undefined, (r) => answers.push(r.isSuccess), (r) => answers.push(JSON.parse(JSON.stringify(r.body)).error.code));
  add('POST', [account.id, 'adlabels'], { name: 'A & B 100%' });
  add('GET', [account.id, 'adlabels'], { fields: 'name', limit: 1 });
  add('GET', ['1'], { fields: 'name' });
  await batch.execute();
  const { data } = await ask(server, 'GET', server.account_id + '/adlabels', { fields: 'name', limit: '1' });
  assert.equal(data[0].name, 'A & B 100%');
  assert.deepEqual(answers, [true, true, 100]);
});

test('a batch of plain operations refers to the results of earlier ones', async () => {
  const answer = await api.call('POST', [], { batch: [
    { method: 'POST', relative_url: `${account.id}/campaigns`, name: 'made', body: 'name=B&objective=OUTCOME_TRAFFIC&special_ad_categories=[]&is_adset_budget_sharing_enabled=false', omit_response_on_success: false },
    { method: 'GET', relative_url: '{result=made:$.id}?fields=name' },
  ] });
  assert.deepEqual(answer.map((r) => r.code), [200, 200]);
  assert.equal(JSON.parse(answer[1].body).name, 'B');
});

test('a wrong field is refused by its name and type', async () => {
  const error = await refused(account.read(['nothing_of_the_kind']));
  assert.match(error.response.message, /^\(#100\) Tried accessing nonexisting field \(nothing_of_the_kind\) on node type \(AdAccount\)/);
});

test('what does not exist is refused with 100/33', async () => {
  const error = await refused(new Campaign('120299999999999999').read(['name']));
  assert.deepEqual([error.status, error.response.code, error.response.error_subcode, error.response.type], [400, 100, 33, 'GraphMethodException']);
});

test('a token that was never one is refused with 190', async () => {
  const error = await refused(new AdAccount(account.id, {}, null, new FacebookAdsApi('EAABnonsense')).read(['name']));
  assert.equal(error.response.code, 190);
  assert.equal(error.response.type, 'OAuthException');
});

test('every fault of a payload is named at once, for people and for programs', async () => {
  const error = await refused(account.createCampaign([], { name: 'x', objective: 'WIN', status: 'SLEEPING' }));
  const { blame_field_specs: blame } = JSON.parse(error.response.error_data);
  assert.deepEqual(blame.map(([name]) => name).sort(), ['is_adset_budget_sharing_enabled', 'objective', 'special_ad_categories', 'status']);
});

test('a request that only validates stores nothing', async () => {
  const before = (await account.getCampaigns(['id'])).length;
  await api.call('POST', [account.id, 'campaigns'], { ...campaignParams, execution_options: ['validate_only'] });
  assert.equal((await account.getCampaigns(['id'])).length, before);
});

test('the user, its accounts and its Pages are read', async () => {
  const me = new User('me');
  assert.ok((await me.read(['name'])).name);
  const [first] = await me.getAdAccounts(['account_id', 'currency']);
  assert.equal('act_' + first.account_id, server.account_id);
  const [page] = await me.getAccounts(['name', 'access_token']);
  assert.equal(page.id, server.page_id);
  const [business] = await me.getBusinesses(['name']);
  assert.ok(business.id);
});

test('the token is looked into, and a crash report is taken', async () => {
  const { data } = await ask(server, 'GET', 'debug_token', { input_token: server.token });
  assert.equal(data.is_valid, true);
  assert.ok(data.scopes.length > 0);
  assert.deepEqual(await ask(server, 'POST', data.app_id + '/instruments', { bizsdk_crash_report: { reason: 'TypeError', callstack: ['a', 'b'] } }), { success: true });
});
