// @mikusnuz/meta-ads-mcp, whose host is written into its code: it runs in a mount namespace of its own, where that host's name leads
// to this machine, and trusts our certificate. Its 22 calls from a campaign to a catalog, of which the last has a bug of its own.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { ask, photo, setParams, start } from './server.mjs';
import { connect } from './mcp.mjs';

const server = await start('--tls-addr', '127.0.0.1:443');
const hosts = join(server.data, 'hosts');
const picture = join(server.data, 'mug.jpg');
writeFileSync(hosts, '127.0.0.1 localhost graph.facebook.com graph-video.facebook.com\n');
writeFileSync(picture, photo);
const bin = join(import.meta.dirname, 'node_modules/@mikusnuz/meta-ads-mcp/dist/index.js');
const mcp = await connect('unshare', ['-m', 'sh', '-c', `mount --bind "${hosts}" /etc/hosts && exec node "${bin}"`], {
  NODE_EXTRA_CA_CERTS: join(server.data, 'ca.crt'), META_ADS_ACCESS_TOKEN: server.token, META_AD_ACCOUNT_ID: server.account_id, META_PIXEL_ID: server.pixel_id,
  META_APP_ID: server.app_id, META_APP_SECRET: server.app_secret,
});
const made = {};
const call = async (name, params) => JSON.parse(await mcp.call(name, params));

test('1-2: a campaign and an ad set', async () => {
  made.campaign = (await call('create_campaign', { name: 'Agent', objective: 'OUTCOME_SALES', daily_budget: '2000', special_ad_categories: '[]' })).id;
  const { targeting, promoted_object } = setParams(server, made.campaign);
  made.set = (await call('create_adset', { name: 'Agent set', campaign_id: made.campaign, optimization_goal: 'OFFSITE_CONVERSIONS', billing_event: 'IMPRESSIONS',
    targeting: JSON.stringify(targeting), promoted_object: JSON.stringify(promoted_object) })).id;
  assert.equal((await ask(server, 'GET', made.set, { fields: 'campaign_id' })).campaign_id, made.campaign);
});

test('3-5: an image from a file and from an address, and a video that turns out to be none', async () => {
  const { images } = await call('upload_image', { file_path: picture });
  const [image] = Object.values(images);
  made.hash = image.hash;
  const again = await call('upload_image', { url: server.url + '/media/' + image.hash });
  const [taken] = Object.values(again.images);
  assert.match(taken.hash, /^[0-9a-f]{32}$/); // another one: what is served has none of the file's metadata
  assert.deepEqual([taken.width, taken.height], [image.width, image.height]);
  const { id } = await call('upload_video', { file_url: server.url + '/healthz' });
  assert.equal((await ask(server, 'GET', id, { fields: 'status' })).status.video_status, 'error');
});

test('6-9: creatives, an ad, and reading a creative', async () => {
  made.dynamic = (await call('create_dynamic_creative', { name: 'dc', asset_feed_spec: JSON.stringify({ images: [{ hash: made.hash }], titles: [{ text: 't' }],
    bodies: [{ text: 'b' }], ad_formats: ['SINGLE_IMAGE'], call_to_action_types: ['SHOP_NOW'], link_urls: [{ website_url: 'https://example.com' }] }) })).id;
  made.creative = (await call('create_creative', { name: 'c1', object_story_spec: JSON.stringify({ page_id: server.page_id,
    link_data: { link: 'https://example.com', message: 'm', image_hash: made.hash } }) })).id;
  made.ad = (await call('create_ad', { name: 'ad', adset_id: made.set, creative: JSON.stringify({ creative_id: made.creative }), status: 'PAUSED' })).id;
  const read = await call('get_creative', { creative_id: made.dynamic, fields: 'asset_feed_spec,status' });
  assert.equal(read.asset_feed_spec.titles[0].text, 't');
});

test('10-12: previews, and the ad goes live', async () => {
  assert.match(await mcp.call('get_ad_preview', { ad_id: made.ad, ad_format: 'MOBILE_FEED_STANDARD' }), /iframe/);
  assert.match(await mcp.call('generate_preview', { ad_format: 'MOBILE_FEED_STANDARD', creative: JSON.stringify({ object_story_spec: { page_id: server.page_id,
    link_data: { link: 'https://example.com', message: 'm', image_hash: made.hash } } }) }), /iframe/);
  await mcp.call('update_ad', { ad_id: made.ad, status: 'ACTIVE' });
});

test('13-15: insights, now and by a report run', async () => {
  await mcp.call('get_ad_insights', { ad_id: made.ad, breakdowns: 'title_asset', date_preset: 'last_7d' });
  const { report_run_id: run } = await call('create_async_report', { fields: 'impressions,spend', date_preset: 'last_7d', level: 'ad' });
  assert.match(await mcp.call('get_async_report', { report_run_id: run }), /Job Completed/);
});

test('16-18: studies, a rule and a copy', async () => {
  await mcp.call('list_experiments');
  await mcp.call('create_rule', { name: 'r', evaluation_spec: JSON.stringify({ evaluation_type: 'SCHEDULE', filters: [{ field: 'entity_type', value: 'AD', operator: 'EQUAL' },
    { field: 'time_preset', value: 'LIFETIME', operator: 'EQUAL' }] }), execution_spec: JSON.stringify({ execution_type: 'PAUSE' }) });
  assert.match(await mcp.call('copy_ad', { ad_id: made.ad }), /copied_ad_id/);
});

test('19-21: the token, targeting, and a batch of products', async () => {
  assert.match(await mcp.call('debug_token', { input_token: server.token }), /"is_valid": true/);
  assert.match(await mcp.call('search_targeting', { q: 'coffee' }), /Coffee/);
  const { data: [{ id: business }] } = await ask(server, 'GET', 'me/businesses');
  const catalog = (await ask(server, 'POST', business + '/owned_product_catalogs', { name: 'Shop' })).id;
  await mcp.call('batch_products', { catalog_id: catalog, requests: JSON.stringify([{ method: 'CREATE', data: { id: 'mug', title: 'Mug', description: 'A mug',
    availability: 'in stock', condition: 'new', price: '9.99 USD', link: 'https://example.com/mug', image_link: 'https://example.com/mug.jpg', brand: 'Clay' } }]) });
});

test('22: it sends events under a name that the platform does not know, and is told so', async () => {
  assert.match(await mcp.call('send_conversion_event', { events: JSON.stringify([{ event_name: 'Purchase', event_time: 1, action_source: 'website', user_data: {} }]) }, true), /code=100/);
});
