// Meta's official SDK for Node: what an account keeps beside its ads, from audiences and catalogs to videos and the record of changes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ask, campaignParams, photo, start } from './server.mjs';
import { adAccount, refused, sdk } from './node_sdk.mjs';

const { AdRule, AdVideo, AdsPixel, Business, CustomAudience, Page, ProductCatalog, ProductFeed, ProductSet } = sdk;
const server = await start();
const account = adAccount(server);
const { data: [{ id: businessID }] } = await ask(server, 'GET', 'me/businesses');

test('a custom audience is made and takes people', async () => {
  const { id } = await account.createCustomAudience([], { name: 'Buyers', subtype: 'CUSTOM', customer_file_source: 'USER_PROVIDED_ONLY' });
  const answer = await new CustomAudience(id).createUser([], { payload: { schema: ['EMAIL_SHA256'], data: [['f660ab912ec121d1b1e928a0bb4bc61b15f5ad44d5efdc4e1c92a25e99b8e44a']] } });
  assert.equal(answer._data.num_received, 1);
  assert.equal((await new CustomAudience(id).read(['name', 'subtype'])).subtype, 'CUSTOM');
});

test('a custom conversion is made', async () => {
  const { id } = await account.createCustomConversion([], { name: 'Thanks', custom_event_type: 'PURCHASE', event_source_id: server.pixel_id,
    rule: JSON.stringify({ and: [{ event: { eq: 'PageView' } }, { or: [{ URL: { i_contains: 'thanks' } }] }] }) });
  assert.equal((await account.getCustomConversions(['name']))[0].id, id);
});

test('a rule and a study are made and listed', async () => {
  const { id } = await account.createAdRulesLibrary([], { name: 'Pause the dear ones',
    evaluation_spec: { evaluation_type: 'SCHEDULE', filters: [{ field: 'entity_type', value: 'AD', operator: 'EQUAL' }, { field: 'time_preset', value: 'LIFETIME', operator: 'EQUAL' }] },
    execution_spec: { execution_type: 'PAUSE' }, schedule_spec: { schedule_type: 'DAILY' } });
  assert.equal((await new AdRule(id).read(['name'])).name, 'Pause the dear ones');
  assert.deepEqual((await account.getAdStudies(['name'])).map((study) => study.name), []);
});

test('conversions are sent to a pixel', async () => {
  const answer = await new AdsPixel(server.pixel_id).createEvent([], { data: [{ event_name: 'Purchase', event_time: Math.floor(Date.now() / 1000), action_source: 'website',
    event_source_url: 'https://example.com/thanks', user_data: { client_user_agent: 'test', em: ['62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f'] },
    custom_data: { value: 42.5, currency: 'USD' } }] });
  assert.equal(answer._data.events_received, 1);
});

test('a catalog is filled and divided into sets', async () => {
  const { id } = await new Business(businessID).createOwnedProductCatalog([], { name: 'Shop' });
  const catalog = new ProductCatalog(id);
  for (const [n, price] of [[1, 1500], [2, 3000], [3, 4500]]) {
    await catalog.createProduct([], { retailer_id: 'mug-' + n, name: 'Mug ' + n, price, currency: 'USD', url: 'https://example.com/mug-' + n,
      image_url: 'https://example.com/mug.jpg', availability: 'in stock', condition: 'new', description: 'A mug', brand: 'Clay' });
  }
  const set = await catalog.createProductSet([], { name: 'Dear', filter: { price_amount: { gt: 2000 } } });
  const products = await new ProductSet(set.id).getProducts(['retailer_id', 'price'], {});
  assert.deepEqual(products.map((product) => product.retailer_id).sort(), ['mug-2', 'mug-3']);
  assert.match(products.find((product) => product.retailer_id === 'mug-2').price, /30\.00/);
  const batch = await catalog.createItemsBatch([], { item_type: 'PRODUCT_ITEM', requests: [
    { method: 'UPDATE', data: { id: 'mug-1', price: '25.00 USD' } }, { method: 'DELETE', data: { id: 'mug-3' } }] });
  const [state] = await catalog.getCheckBatchRequestStatus([], { handle: batch._data.handles[0] });
  assert.equal(state.status, 'finished');
  const after = await new ProductSet(set.id).getProducts(['retailer_id'], {});
  assert.deepEqual(after.map((product) => product.retailer_id).sort(), ['mug-1', 'mug-2']);
});

test('a feed is uploaded and its mistakes are listed', async () => {
  const { id } = await new Business(businessID).createOwnedProductCatalog([], { name: 'Feeds' });
  const feed = await new ProductCatalog(id).createProductFeed([], { name: 'Daily' });
  const form = new FormData();
  form.set('access_token', server.token);
  form.set('file', new Blob(['id,title,description,availability,condition,price,link,image_link,brand\n' +
    'a,Mug,A mug,in stock,new,9.99 USD,https://example.com/a,https://example.com/a.jpg,Clay\n' +
    'b,Bowl,A bowl,in stock,new,much,https://example.com/b,https://example.com/b.jpg,Clay\n']), 'feed.csv');
  const upload = await (await fetch(`${server.url}/v25.0/${feed.id}/uploads`, { method: 'POST', body: form })).json();
  assert.ok(upload.id, JSON.stringify(upload));
  const [read] = await new ProductFeed(feed.id).getUploads(['num_detected_items', 'num_persisted_items', 'num_invalid_items', 'error_count'], {});
  assert.deepEqual([read.num_detected_items, read.num_persisted_items, read.num_invalid_items], [2, 1, 1]);
});

test('a video is fetched and processed', async () => {
  const error = await refused(account.createAdVideo([], { file_url: 'http://169.254.169.254/latest' }));
  assert.equal(error.response.code, 389);
  const form = new FormData();
  form.set('access_token', server.token);
  form.set('source', new Blob([mp4()]), 'film.mp4');
  const { id } = await (await fetch(`${server.url}/v25.0/${server.account_id}/advideos`, { method: 'POST', body: form })).json();
  const video = await new AdVideo(id).read(['status', 'length', 'title', 'picture']);
  assert.equal(video.status.video_status, 'ready');
  assert.equal(video.length, 3);
  const thumbnails = await new AdVideo(id).getThumbnails(['uri', 'width', 'height'], {});
  assert.ok(thumbnails.length > 0);
});

// mp4 is the least file that says of itself that it is a film of three seconds.
function mp4() {
  const box = (type, ...parts) => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1000, 12);
  mvhd.writeUInt32BE(3000, 16);
  return Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom')), box('moov', box('mvhd', mvhd)), box('mdat', Buffer.alloc(16))]);
}

test('a Page posts, and its posts are listed', async () => {
  const { id } = await new Page(server.page_id).createFeed([], { message: 'New mugs have come.' });
  assert.ok(id.startsWith(server.page_id + '_'));
  const posts = await new Page(server.page_id).getPosts(['message', 'created_time'], {});
  assert.equal(posts[0].message, 'New mugs have come.');
});

test('people are estimated and interests are found', async () => {
  const [estimate] = await account.getDeliveryEstimate([], { optimization_goal: 'REACH', targeting_spec: { geo_locations: { countries: ['US'] } } });
  assert.ok(estimate.estimate_mau_upper_bound > estimate.estimate_mau_lower_bound);
  const found = await account.getTargetingSearch([], { q: 'coffee' });
  assert.ok(found.some((row) => row.name === 'Coffee'));
  const { data } = await ask(server, 'GET', 'search', { type: 'adinterest', q: 'coffee' });
  assert.ok(data[0].id);
});

test('the record of changes tells who did what', async () => {
  const { id } = await account.createCampaign([], campaignParams);
  const activities = await account.getActivities(['event_type', 'object_id', 'actor_name'], {});
  assert.ok(activities.some((a) => a.object_id === id && a.event_type === 'create_campaign_group'), JSON.stringify(activities.map((a) => a._data)));
});

test('an image is taken from an address', async () => {
  const { images } = await ask(server, 'POST', server.account_id + '/adimages', { bytes: photo.toString('base64') });
  const again = await account.createAdImage([], { url: Object.values(images)[0].url });
  const [sent] = Object.values(images), [taken] = Object.values(again._data.images);
  assert.match(taken.hash, /^[0-9a-f]{32}$/); // another one: what is served has none of the file's metadata
  assert.deepEqual([taken.width, taken.height], [sent.width, sent.height]);
});
