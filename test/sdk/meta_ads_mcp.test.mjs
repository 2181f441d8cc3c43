// meta-ads-mcp, which can be told another address: the tools of its flow from a campaign to a preview.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { ask, start } from './server.mjs';
import { connect } from './mcp.mjs';

const server = await start();
const account = server.account_id.slice('act_'.length);
const mcp = await connect('node', [join(import.meta.dirname, 'node_modules/meta-ads-mcp/build/index.js')], {
  META_ACCESS_TOKEN: server.token, META_BASE_URL: server.url, META_API_VERSION: 'v23.0',
});
const made = {};

test('it lists its tools and finds the account healthy', async () => {
  assert.ok((await mcp.tools()).length >= 30);
  assert.match(await mcp.call('health_check'), /healthy|success|ok/i);
});

test('it finds the ad account', async () => {
  assert.match(await mcp.call('get_ad_accounts'), new RegExp(server.account_id));
});

test('it makes a campaign, lists it and pauses it', async () => {
  await mcp.call('create_campaign', { account_id: account, name: 'Agent', objective: 'OUTCOME_TRAFFIC', special_ad_categories: ['NONE'] });
  const { data: [campaign] } = await ask(server, 'GET', server.account_id + '/campaigns', { fields: 'name,status' });
  assert.equal(campaign.name, 'Agent');
  made.campaign = campaign.id;
  assert.match(await mcp.call('list_campaigns', { account_id: account }), /Agent/);
  await mcp.call('resume_campaign', { campaign_id: campaign.id });
  await mcp.call('pause_campaign', { campaign_id: campaign.id });
  assert.equal((await ask(server, 'GET', campaign.id, { fields: 'status' })).status, 'PAUSED');
});

test('it makes an ad set', async () => {
  await mcp.call('create_ad_set', { campaign_id: made.campaign, name: 'Agent set', optimization_goal: 'LINK_CLICKS', billing_event: 'IMPRESSIONS', daily_budget: 2000,
    promoted_object: { page_id: server.page_id }, targeting: { geo_locations: { countries: ['US'] } } });
  assert.match(await mcp.call('list_ad_sets', { campaign_id: made.campaign }), /Agent set/);
});

test('it makes a creative and previews it', async () => {
  await mcp.call('create_ad_creative', { account_id: account, name: 'Agent creative', title: 'Mugs', body: 'Made by hand.', image_url: 'https://example.com/mug.png',
    link_url: 'https://example.com' });
  const { data: [creative] } = await ask(server, 'GET', server.account_id + '/adcreatives', { fields: 'name' });
  assert.match(await mcp.call('list_creatives', { account_id: account }), new RegExp(creative.id));
  assert.match(await mcp.call('preview_ad', { creative_id: creative.id, ad_format: 'MOBILE_FEED_STANDARD' }), /"success": true/); // it drops the frame that it gets
});

test('it reports and looks into its token', async () => {
  await mcp.call('get_insights', { object_id: made.campaign, level: 'ad', time_range: { since: '2026-11-01', until: '2026-11-07' }, breakdowns: ['age'] });
  assert.match(await mcp.call('get_token_info'), /ads_management|admin/);
});
