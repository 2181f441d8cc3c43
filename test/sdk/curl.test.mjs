// curl with the commands of the platform's page on generative features, as someone pastes them: to the platform's own host, which leads
// here, with only the placeholders filled in. Some of them cannot work anywhere: their JSON holds a comment or a comma too many, or they
// name no token. Those are refused with the spot named, and work once it is mended.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { ask, campaignParams, photo, setParams, shop, start, until } from './server.mjs';

const server = await start('--tls-addr', '127.0.0.1:0');
writeFileSync(join(server.data, '.curlrc'), `connect-to = "graph.facebook.com:443:${new URL(server.tls_url).host}"\ncacert = "${join(server.data, 'ca.crt')}"\nsilent\n`);

const { images } = await ask(server, 'POST', server.account_id + '/adimages', { bytes: photo.toString('base64') });
const campaign = (await ask(server, 'POST', server.account_id + '/campaigns', campaignParams)).id;
const filled = {
  ACCESS_TOKEN: server.token, AD_ACCOUNT_ID: server.account_id.slice('act_'.length), PAGE_ID: server.page_id, URL: 'https://www.example.com/', WEBSITE_LINK: 'https://www.example.com/',
  PRIMARY_TEXT_HERE: 'Buy some cool LED TV at cheap price', IMAGE_HASH: Object.values(images)[0].hash,
  ADSET_ID: (await ask(server, 'POST', server.account_id + '/adsets', setParams(server, campaign))).id,
};

// curl runs a command in a shell with its placeholders filled in, and gives the answer.
async function curl(command) {
  const text = command.replace(/<([A-Z_]+)>/g, (whole, name) => filled[name] ?? whole);
  const { stdout } = await promisify(execFile)('bash', ['-c', text], { env: { ...process.env, CURL_HOME: server.data } });
  return JSON.parse(stdout);
}

const comment = ' <--- Primary Text Here';

// story and features are the parts of which the page's commands are made; extra is what stands behind the message.
const story = (message, extra) => `{
"link_data": {
"image_hash": "<IMAGE_HASH>",
"link": "<URL>",
"message": "${message}"${extra}
},
"page_id": "<PAGE_ID>"
}`;
const features = (name) => `{
"creative_features_spec": {
"${name}": {
"enroll_status": "OPT_IN"
}
}
}`;
const textCreative = (extra) => `curl -X POST \\
-F 'name=Text Gen Creative' \\
-F 'object_story_spec=${story('<PRIMARY_TEXT_HERE>', extra)}' \\
-F 'degrees_of_freedom_spec=${features('text_generation')}' \\
-F 'access_token=<ACCESS_TOKEN>' \\
https://graph.facebook.com/v20.0/act_<AD_ACCOUNT_ID>/adcreatives`;
const ad = (name, creative, token) => `curl \\
-F 'adset_id=<ADSET_ID>' \\
-F 'creative={"name": "${name}", "object_story_spec": ${creative}}' \\
${token ? "-F 'access_token=<ACCESS_TOKEN>' " : ''}https://graph.facebook.com/v20.0/act_<AD_ACCOUNT_ID>/ads`;

test('a comment in the JSON is refused where it stands, and the same without it works', async () => {
  const { error } = await curl(textCreative(',' + comment));
  assert.equal(error.code, 100);
  assert.match(error.message, /object_story_spec/);
  assert.match(error.message, /<--- Primary/);
  filled.CREATIVE_ID = (await curl(textCreative(''))).id;
  assert.ok(filled.CREATIVE_ID);
});

test('so is a comma too many', async () => {
  const { error } = await curl(textCreative(','));
  assert.equal(error.code, 100);
  assert.match(error.message, /object_story_spec.*character \d+/);
});

test('an ad without a token is refused, and one with it is paused for review', async () => {
  const spec = (extra) => `${story('<PRIMARY_TEXT_HERE>', extra)}, "degrees_of_freedom_spec": ${features('text_generation')}`;
  assert.equal((await curl(ad('Text Gen Adgroup', spec(''), false))).error.code, 104);
  assert.equal((await curl(ad('Text Gen Adgroup', spec(',' + comment), true))).error.code, 100);
  filled.AD_ID = (await curl(ad('Text Gen Adgroup', spec(''), true))).id;
  assert.equal((await ask(server, 'GET', filled.AD_ID, { fields: 'status' })).status, 'PAUSED');
});

// varied says that a feed has the advertiser's text first and then others.
function varied({ bodies, optimization_type }) {
  assert.equal(optimization_type, 'DEGREES_OF_FREEDOM');
  assert.equal(bodies[0].text, filled.PRIMARY_TEXT_HERE);
  assert.ok(bodies.length > 1 && bodies.length <= 5, `${bodies.length} bodies`);
}

test('the creative is read by itself and through its ad', async () => {
  const alone = await curl(`curl -X GET -G -d 'fields=asset_feed_spec' -d 'access_token=<ACCESS_TOKEN>' https://graph.facebook.com/v20.0/<CREATIVE_ID>`);
  assert.equal(alone.id, filled.CREATIVE_ID);
  varied(alone.asset_feed_spec);
  const read = await curl(`curl -X GET -G -d 'fields=creative{asset_feed_spec,status}' -d 'access_token=<ACCESS_TOKEN>' https://graph.facebook.com/v20.0/<AD_ID>`);
  assert.equal(read.creative.status, 'ACTIVE');
  varied(read.creative.asset_feed_spec);
});

test('the ad is set to ACTIVE', async () => {
  assert.deepEqual(await curl(`curl -F 'status=ACTIVE' -F 'access_token=<ACCESS_TOKEN>' https://graph.facebook.com/v20.0/<AD_ID>`), { success: true });
});

// transformed is what a command for a preview says of a feature, once nothing is pending.
const transformed = (command, feature) => until(async () => {
  const { data: [row] } = await curl(command);
  assert.match(row.body, /^<iframe src=/);
  const nodes = row.transformation_spec?.[feature] ?? [];
  for (const node of nodes) assert.match(node.body, /^<iframe src=/);
  return nodes[0]?.status === 'pending' ? undefined : nodes.map((node) => node.status);
});
const previewed = (format, feature, token) => `curl -X GET -G -d 'ad_format=${format}' -d 'creative_feature=${feature}' -d 'access_token=${token}<ACCESS_TOKEN>' https://graph.facebook.com/v19.0/`;

test('a creative that opts in to image expansion and shows nothing is refused', async () => {
  const { error } = await curl(`curl -X POST -F 'name=Image Expansion Creative' -F 'degrees_of_freedom_spec=${features('image_uncrop')}' -F 'access_token=<ACCESS_TOKEN>' https://graph.facebook.com/v20.0/act_<AD_ACCOUNT_ID>/adcreatives`);
  assert.equal(error.code, 100);
  assert.match(error.message, /object_story_spec/);
});

test('an ad that opts in to image expansion is made and previewed in every place of the feature, by a token with a slash before it', async () => {
  const spec = (extra) => `${story('You got this.', extra)}, "degrees_of_freedom_spec": ${features('image_uncrop')}`;
  assert.equal((await curl(ad('Image Expansion Adgroup', spec(''), false))).error.code, 104);
  assert.match((await curl(ad('Image Expansion Adgroup', spec(','), true))).error.message, /character \d+/);
  filled.AD_ID = (await curl(ad('Image Expansion Adgroup', spec(''), true))).id;
  assert.equal((await ask(server, 'GET', filled.AD_ID, { fields: 'status' })).status, 'PAUSED');
  for (const format of ['INSTAGRAM_STANDARD', 'FACEBOOK_REELS_MOBILE', 'INSTAGRAM_REELS', 'MOBILE_FEED_STANDARD', 'INSTGRAM_STORY', 'INSTAGRAM_STORY']) {
    assert.deepEqual(await transformed(previewed(format, 'image_uncrop', '/') + '<AD_ID>/previews', 'image_uncrop'), ['eligible'], format);
  }
  assert.deepEqual(await transformed(previewed('RIGHT_COLUMN_STANDARD', 'image_uncrop', '/') + '<AD_ID>/previews', 'image_uncrop'), []);
});

test('a preview is made without an ad, once curl is told to encode the spaces', async () => {
  const command = (how) => `curl -X GET -G -d 'ad_format=FACEBOOK_REELS_MOBILE' -d 'creative_feature=image_uncrop' ${how} 'creative={ "object_story_spec": { "page_id": "<PAGE_ID>", "link_data": { "image_hash": "<IMAGE_HASH>", "link": "<WEBSITE_LINK>" } } }' -d 'access_token=<ACCESS_TOKEN>' https://graph.facebook.com/v19.0/act_<AD_ACCOUNT_ID>/generatepreviews`;
  await assert.rejects(curl(command('-d')), { code: 3 }); // curl's own refusal of the address
  assert.deepEqual(await transformed(command('--data-urlencode'), 'image_uncrop'), ['eligible']);
});

test('an ad that is made again without opting in has no expansion', async () => {
  filled.AD_ID = (await curl(ad('Image Expansion Adgroup', story('You got this.', ''), true))).id;
  assert.deepEqual(await transformed(previewed('INSTAGRAM_STANDARD', 'image_uncrop', '/') + '<AD_ID>/previews', 'image_uncrop'), []);
});

test('a catalog ad that opts in to new backgrounds is made and previewed', async () => {
  const { data: [{ id: business }] } = await ask(server, 'GET', 'me/businesses');
  const catalog = (await ask(server, 'POST', business + '/owned_product_catalogs', { name: 'Shop' })).id;
  await ask(server, 'POST', catalog + '/products', { retailer_id: 'tv', name: 'led tv', price: 9900, currency: 'USD', url: 'https://www.example.com/tv', image_url: await shop() + '/tv.jpg',
    availability: 'in stock', condition: 'new', description: 'A television', brand: 'Acme' });
  filled.PRODUCT_SET_ID = (await ask(server, 'POST', catalog + '/product_sets', { name: 'All of it' })).id;
  const standalone = await curl(`curl -X POST -F 'name=Background Gen Creative' -F 'degrees_of_freedom_spec=${features('image_background_gen')}' -F 'product_set_id=<PRODUCT_SET_ID>' -F 'access_token=<ACCESS_TOKEN>' https://graph.facebook.com/v20.0/act_<AD_ACCOUNT_ID>/adcreatives`);
  assert.ok(standalone.id, JSON.stringify(standalone));
  filled.AD_ID = (await curl(ad('Background Gen Adgroup', `{ "page_id": "<PAGE_ID>", "template_data": { "description": "Description {{product.description}} ", "link": "https://www.example.com/", "message": "Test {{product.name | titleize}} ", "name": "Headline {{product.price}}" } }, "product_set_id": "<PRODUCT_SET_ID>", "degrees_of_freedom_spec": ${features('image_background_gen')}`, true))).id;
  filled.AD_CREATIVE_ID = (await ask(server, 'GET', filled.AD_ID, { fields: 'creative{id}' })).creative.id;
  for (const command of [previewed('MOBILE_FEED_STANDARD', 'image_background_gen', '/') + '<AD_ID>/previews', previewed('MOBILE_FEED_STANDARD', 'image_background_gen', '') + '<AD_CREATIVE_ID>/generatepreviews']) {
    const statuses = await transformed(command, 'image_background_gen');
    assert.ok(statuses.length > 1 && statuses.every((status) => status === 'eligible'), `${statuses}`);
  }
  assert.deepEqual(await transformed(previewed('INSTAGRAM_STANDARD', 'image_background_gen', '/') + '<AD_ID>/previews', 'image_background_gen'), []);
});
