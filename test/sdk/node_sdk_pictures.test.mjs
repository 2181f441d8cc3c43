// Meta's official SDK for Node, unmodified but for the host: pictures that are extended, and catalog ads whose products get other backgrounds.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, campaignParams, photo, setParams, shop, start, until } from './server.mjs';
import { adAccount, sdk } from './node_sdk.mjs';

const { Ad, AdCreative, Business, ProductCatalog } = sdk;
const server = await start();
const account = adAccount(server);
const campaign = await account.createCampaign([], campaignParams);
const set = await account.createAdSet([], setParams(server, campaign.id));
const hash = (await account.createAdImage([], { bytes: photo.toString('base64') }))._data.images.bytes.hash;
const made = {}; // ids that later flows build on

// optIn is the spec that opts in to a feature.
const optIn = (feature) => ({ creative_features_spec: { [feature]: { enroll_status: 'OPT_IN' } } });
const story = { page_id: server.page_id, link_data: { image_hash: hash, link: 'https://www.example.com/', message: 'You got this.' } };

// nodes are what a feature made, once nothing of it is pending; asked is an ad or a creative.
const nodes = (asked, ad_format, creative_feature) => until(async () => {
  const [preview] = await asked.getPreviews([], { ad_format, creative_feature });
  const all = preview.transformation_spec?.[creative_feature] ?? [];
  return all[0]?.status === 'pending' ? undefined : all;
});

// page is what an iframe shows.
async function page({ body }) {
  const [, src] = body.match(/^<iframe src="([^"]+)"/);
  return (await fetch(src.replaceAll('&amp;', '&'))).text();
}

// decide is the only decision about an ad in a placement.
async function decide(ad_id, placement) {
  const answer = await fetch(server.url + '/v1/decisions', { method: 'POST', body: JSON.stringify({ ad_id, placement, viewer: { country: 'US' } }) });
  return (await answer.json()).decisions[0];
}

test('a creative that opts in to image expansion is previewed with it', async () => {
  const creative = await account.createAdCreative([], { name: 'Image Expansion Creative', object_story_spec: story, degrees_of_freedom_spec: optIn('image_uncrop') });
  const [node] = await nodes(new AdCreative(creative.id), 'INSTAGRAM_REELS', 'image_uncrop');
  assert.equal(node.status, 'eligible');
  assert.ok(!(await page(node)).includes(hash));
  const [plain] = await creative.getPreviews([], { ad_format: 'INSTAGRAM_REELS' });
  assert.ok((await page(plain)).includes(hash));
  made.creative = creative.id;
});

test('a preview is asked for before there is a creative', async () => {
  const status = await until(async () => {
    const [preview] = await account.getGeneratePreviews([], { ad_format: 'FACEBOOK_REELS_MOBILE', creative_feature: 'image_uncrop', creative: { object_story_spec: story } });
    const [node] = preview.transformation_spec.image_uncrop;
    return node.status === 'pending' ? undefined : node.status;
  });
  assert.equal(status, 'eligible');
});

test('an ad with an expansion is paused, and activating it delivers what was not rejected', async () => {
  const ad = await account.createAd(['status'], { name: 'Expanded', adset_id: set.id, creative: { creative_id: made.creative } });
  assert.equal((await ad.read(['status'])).status, 'PAUSED');
  const api = sdk.FacebookAdsApi.getDefaultApi();
  const { data } = await api.call('GET', [made.creative, 'generation']);
  assert.deepEqual(data.map((picture) => [picture.ratio, picture.state, picture.width, picture.height]), [['9:16', 'PENDING', 1080, 1920], ['4:5', 'PENDING', 1080, 1350]]);
  await api.call('POST', [made.creative, 'generation'], { asset_id: data[0].id, action: 'reject' });
  await ad.update([], { status: 'ACTIVE' });
  const { image } = (await decide(ad.id, 'MOBILE_FEED_STANDARD')).assets;
  assert.ok(image.url.startsWith(data[1].url), image.url);
  assert.deepEqual([image.rendition, image.hash], ['image_uncrop', hash]);
  assert.equal((await decide(ad.id, 'INSTAGRAM_STORY')).assets.image.rendition, undefined);
  assert.deepEqual(await nodes(ad, 'INSTAGRAM_STORY', 'image_uncrop'), []);
});

test('products of a set get backgrounds, which feeds alone show', async () => {
  const { data: [{ id: business }] } = await ask(server, 'GET', 'me/businesses');
  const catalog = new ProductCatalog((await new Business(business).createOwnedProductCatalog([], { name: 'Shop' })).id);
  const site = await shop();
  for (const name of ['small mug', 'gone mug']) {
    await catalog.createProduct([], { retailer_id: name, name, description: 'Made by hand', price: 1250, currency: 'USD', url: 'https://www.example.com/',
      image_url: `${site}/${name.split(' ')[0]}.jpg`, availability: 'in stock', condition: 'new', brand: 'Clay' });
  }
  const { id: product_set_id } = await catalog.createProductSet([], { name: 'Mugs', filter: { name: { i_contains: 'MUG' } } });
  const ad = await account.createAd([], { name: 'Backgrounds', adset_id: set.id, creative: { name: 'Background Gen Adgroup', product_set_id, degrees_of_freedom_spec: optIn('image_background_gen'),
    object_story_spec: { page_id: server.page_id, template_data: { description: 'Description {{product.description}} ', link: 'https://www.example.com/',
      message: 'Test {{product.name | titleize}} ', name: 'Headline {{product.price}}' } } } });
  const styles = await nodes(ad, 'MOBILE_FEED_STANDARD', 'image_background_gen');
  assert.ok(styles.length > 1 && styles.every(({ status }) => status === 'eligible'), JSON.stringify(styles));
  assert.equal(new Set(styles.map((style) => style.optimization_type_description)).size, styles.length);
  assert.match(await page(styles[0]), /Test Small Mug /);
  assert.deepEqual(await nodes(ad, 'INSTAGRAM_STANDARD', 'image_background_gen'), []);
  await new Ad(ad.id).update([], { status: 'ACTIVE' });
  const shown = new Set();
  for (let i = 0; i < 60; i++) shown.add((await decide(ad.id, 'MOBILE_FEED_STANDARD')).assets.background.type);
  assert.ok(shown.has('original') && shown.size > 1, [...shown].join());
  assert.equal((await decide(ad.id, 'INSTAGRAM_STANDARD')).assets.background.type, 'original');
});
