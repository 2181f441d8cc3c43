// Meta's official SDK for Node, unmodified but for the host: campaigns down to ads, creatives, images, and what is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, campaignParams, feed, photo, setParams, start, visit } from './server.mjs';
import { adAccount, refused, sdk } from './node_sdk.mjs';

const { Ad, AdCreative, AdImage, AdSet, Campaign } = sdk;
const server = await start();
const account = adAccount(server);
const made = {}; // ids that later flows build on

test('an account is read', async () => {
  await account.read(['name', 'currency', 'account_status', 'amount_spent', 'timezone_name', 'business']);
  assert.equal(account.currency, 'USD');
  assert.equal(account.account_status, 1);
  assert.equal(account.amount_spent, '0');
});

test('a campaign is made, read and changed', async () => {
  const { id } = await account.createCampaign(['id', 'name'], campaignParams);
  assert.match(id, /^\d{15,18}$/);
  const campaign = new Campaign(id);
  await campaign.update([], { name: 'Summer', status: 'PAUSED' });
  await campaign.read(['name', 'status', 'effective_status', 'objective', 'special_ad_categories', 'created_time', 'buying_type']);
  assert.equal(campaign.name, 'Summer');
  assert.equal(campaign.effective_status, 'PAUSED');
  assert.match(campaign.created_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$/);
  await campaign.update([], { status: 'ACTIVE' });
  made.campaign = campaign.id;
});

test('a Dynamic Creative ad set is made', async () => {
  const set = await account.createAdSet(['id'], setParams(server, made.campaign, { is_dynamic_creative: true }));
  await set.read(['name', 'is_dynamic_creative', 'daily_budget', 'targeting', 'promoted_object', 'learning_stage_info', 'start_time']);
  assert.equal(set.is_dynamic_creative, true);
  assert.equal(set.daily_budget, '5000');
  assert.deepEqual(set.targeting.geo_locations.countries, ['US']);
  made.set = set.id;
});

test('an image is uploaded as bytes and found by its hash', async () => {
  const image = await account.createAdImage([], { bytes: photo.toString('base64') });
  made.hash = image._data.images.bytes.hash;
  const [found] = await account.getAdImages([AdImage.Fields.hash, AdImage.Fields.width, AdImage.Fields.url], { hashes: [made.hash] });
  assert.equal(found.hash, made.hash);
  assert.ok(found.width >= 600);
  assert.ok(found.url.startsWith(server.url));
  const picture = await fetch(found.url);
  assert.equal(picture.headers.get('content-type'), 'image/jpeg');
});

test('an asset feed becomes a creative, and the same one again is the same creative', async () => {
  const params = { name: 'Feed', object_story_spec: { page_id: server.page_id }, asset_feed_spec: feed(made.hash) };
  const creative = await account.createAdCreative(['id'], params);
  await creative.read(['asset_feed_spec', 'object_story_spec', 'effective_object_story_id', 'status']);
  assert.equal(creative.asset_feed_spec.titles.length, 2);
  assert.equal(creative.asset_feed_spec.optimization_type, 'REGULAR');
  const again = await account.createAdCreative(['id'], { ...params, name: 'Another name' });
  assert.equal(again.id, creative.id);
  made.creative = creative.id;
});

test('an ad is made and read with its creative', async () => {
  const ad = await account.createAd(['id'], { name: 'Ad', adset_id: made.set, creative: { creative_id: made.creative }, status: 'ACTIVE' });
  await ad.read(['status', 'effective_status', 'creative{asset_feed_spec,status}', 'campaign{name}', 'adset{name,campaign{id}}']);
  assert.equal(ad.effective_status, 'ACTIVE');
  assert.equal(ad.creative.asset_feed_spec.bodies.length, 2);
  assert.equal(ad.adset.campaign.id, made.campaign);
  made.ad = ad.id;
});

test('a second ad in a Dynamic Creative ad set is refused as the platform refuses it', async () => {
  const error = await refused(account.createAd([], { name: 'Second', adset_id: made.set, creative: { creative_id: made.creative } }));
  assert.equal(error.status, 400);
  assert.equal(error.response.code, 100);
  assert.equal(error.response.error_subcode, 1885553);
  assert.ok(error.response.error_user_msg.length > 20);
  assert.ok(error.response.fbtrace_id);
});

test('a parent that is paused shows in the child', async () => {
  await new Campaign(made.campaign).update([], { status: 'PAUSED' });
  assert.equal((await new Ad(made.ad).read(['effective_status'])).effective_status, 'CAMPAIGN_PAUSED');
  await new Campaign(made.campaign).update([], { status: 'ACTIVE' });
});

test('lists are filtered by effective status', async () => {
  const paused = await account.getAds(['name'], { effective_status: ['PAUSED'] });
  assert.equal(paused.length, 0);
  const active = await account.getAds(['name'], { effective_status: ['ACTIVE'], filtering: [{ field: 'name', operator: 'CONTAIN', value: 'ad' }] });
  assert.deepEqual(active.map((ad) => ad.id), [made.ad]);
});

test('text generation on /ads leaves the ad paused', async () => {
  const set = await account.createAdSet(['id'], setParams(server, made.campaign, { name: 'Plain' }));
  const ad = await account.createAd(['id', 'status'], { name: 'Generated', adset_id: set.id, creative: {
    object_story_spec: { page_id: server.page_id, link_data: { link: 'https://example.com/', message: 'A quiet mug.', image_hash: made.hash } },
    degrees_of_freedom_spec: { creative_features_spec: { text_generation: { enroll_status: 'OPT_IN' } } },
  } });
  await ad.read(['status', 'creative{degrees_of_freedom_spec}']);
  assert.equal(ad.status, 'PAUSED');
  assert.equal(ad.creative.degrees_of_freedom_spec.creative_features_spec.text_generation.enroll_status, 'OPT_IN');
  made.plainSet = set.id;
  made.plainAd = ad.id;
});

test('generated texts are read, rejected and activated', async () => {
  const creative = await account.createAdCreative([], { object_story_spec: { page_id: server.page_id,
    link_data: { link: 'https://example.com/', message: 'Handmade oak tables. Free delivery on orders over $200. Order yours today.', image_hash: made.hash } },
    degrees_of_freedom_spec: { creative_features_spec: { text_generation: { enroll_status: 'OPT_IN' } } } });
  const texts = async () => (await creative.get(['asset_feed_spec'])).asset_feed_spec.bodies.map((body) => body.text);
  const api = sdk.FacebookAdsApi.getDefaultApi();
  const { data: [first] } = await api.call('GET', [creative.id, 'generation']);
  assert.ok((await texts()).includes(first.text));
  await api.call('POST', [creative.id, 'generation'], { asset_id: first.id, action: 'reject' });
  assert.ok(!(await texts()).includes(first.text));
  const ad = await account.createAd([], { name: 'Varied', adset_id: made.plainSet, creative: { creative_id: creative.id } });
  await ad.update([], { status: 'ACTIVE' });
  const { data } = await api.call('GET', [creative.id, 'generation']);
  assert.deepEqual(new Set(data.map((text) => text.state)), new Set(['APPROVED', 'REJECTED']));
});

test('previews are frames that load without a token', async () => {
  for (const [previews] of [
    await new Ad(made.ad).getPreviews([], { ad_format: 'MOBILE_FEED_STANDARD' }),
    await new AdCreative(made.creative).getPreviews([], { ad_format: 'INSTAGRAM_STORY' }),
    await account.getGeneratePreviews([], { ad_format: 'DESKTOP_FEED_STANDARD', creative: { object_story_spec: { page_id: server.page_id,
      link_data: { link: 'https://example.com/', message: 'Unsaved', image_hash: made.hash } } } }),
  ]) {
    const [, src] = previews.body.match(/^<iframe src=["']([^"']+)["']/);
    assert.ok(src.startsWith(server.url), src);
    const page = await fetch(src);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<html/i);
  }
});

test('an unknown preview format is refused with the list of formats', async () => {
  const error = await refused(new Ad(made.ad).getPreviews([], { ad_format: 'BILLBOARD' }));
  assert.match(error.response.message, /INSTAGRAM_STORY/);
});

test('asset breakdowns follow from what was delivered', async () => {
  await visit(server, made.ad, 12);
  const rows = await new Ad(made.ad).getInsights(['impressions', 'clicks', 'spend'], { breakdowns: ['title_asset'], date_preset: 'maximum' });
  assert.equal(rows.reduce((sum, row) => sum + Number(row.impressions), 0), 12);
  assert.equal(rows.reduce((sum, row) => sum + Number(row.clicks), 0), 4);
  assert.ok(rows.every((row) => ['Made by hand', 'New this week'].includes(row.title_asset.text)));
  const single = await new Ad(made.ad).getInsights(['impressions'], { breakdowns: ['image_asset'], date_preset: 'maximum' });
  assert.equal(single[0].image_asset.hash, made.hash);
});

test('a report run is asked for, waited for and read', async () => {
  const run = await account.getInsightsAsync(['impressions'], { level: 'ad', date_preset: 'maximum' });
  const { id } = run;
  const state = await ask(server, 'GET', id);
  assert.equal(state.async_status, 'Job Completed');
  assert.equal(state.async_percent_completion, 100);
  const [row] = await run.getInsights([], { limit: 100 });
  assert.equal(row.impressions, '12');
});

test('a campaign is copied, and one with many objects below it wants the asynchronous form', async () => {
  const copy = await new Campaign(made.campaign).createCopy([], { rename_options: { rename_suffix: ' again' } });
  assert.equal((await new Campaign(copy._data.copied_campaign_id).read(['name', 'status'])).name, 'Summer again');
  const error = await refused(new Campaign(made.campaign).createCopy([], { deep_copy: true }));
  assert.equal(error.response.error_subcode, 1885194);
});

test('an ad is copied into another ad set', async () => {
  const { copied_ad_id: id } = (await new Ad(made.plainAd).createCopy([], { adset_id: made.plainSet, status_option: 'PAUSED' }))._data;
  const copy = await new Ad(id).read(['name', 'adset_id', 'status', 'source_ad_id']);
  assert.equal(copy.adset_id, made.plainSet);
  assert.equal(copy.source_ad_id, made.plainAd);
});

test('an ad is deleted, and a Dynamic Creative one is not', async () => {
  assert.deepEqual(await new Ad(made.plainAd).delete(), { success: true });
  assert.equal((await new Ad(made.plainAd).read(['effective_status'])).effective_status, 'DELETED');
  const error = await refused(new Ad(made.ad).delete());
  assert.equal(error.response.error_subcode, 1340029);
  await new AdSet(made.set).delete();
  assert.equal((await new Ad(made.ad).read(['effective_status'])).effective_status, 'DELETED');
});
