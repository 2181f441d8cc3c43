// The adapter against a real server: MARQUETRY is its address, ADSET an ad set whose ad is live. The files in ../src stand in for Prebid's.
import assert from 'node:assert/strict';
import test from 'node:test';
import '../modules/marquetryBidAdapter.js';
import { registered } from '../src/adapters/bidderFactory.js';
import { called, logged } from '../src/utils.js';

const [spec] = registered;
const params = { server: process.env.MARQUETRY, adset_id: process.env.ADSET };
const banner = { bidder: 'marquetry', bidId: 'b1', adUnitCode: 'top', params, mediaTypes: { banner: { sizes: [[300, 250], [300, 600]] } } };
const assets = [{ id: 1, required: 1, title: { len: 90 } }, { id: 2, required: 1, img: { type: 3 } }, { id: 3, data: { type: 1 } }];
const native = {
  bidder: 'marquetry', bidId: 'n1', adUnitCode: 'feed', params, mediaTypes: { native: {} },
  nativeOrtbRequest: { assets, eventtrackers: [{ event: 1, methods: [1] }] },
};
const page = {
  bidderRequestId: 'r1', timeout: 500, refererInfo: { page: 'http://news.example/1' },
  ortb2: { site: { domain: 'news.example' }, device: { devicetype: 2, geo: { country: 'USA' } } },
};

// ask sends what the adapter built as Prebid does, and gives the bids.
async function ask(bids, bidderRequest = page) {
  const answers = spec.buildRequests(bids, bidderRequest).map(async (request) => {
    const { method, url, data, options } = request;
    const response = await fetch(url, { method, body: JSON.stringify(data), headers: { 'Content-Type': options.contentType, Origin: 'http://news.example' } });
    assert.ok(response.ok, `status ${response.status}`);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    const text = await response.text();
    return spec.interpretResponse({ body: text && JSON.parse(text) }, request);
  });
  return (await Promise.all(answers)).flat();
}

test('knows which ad units it can ask for', () => {
  assert.equal(spec.code, 'marquetry');
  assert.ok(spec.isBidRequestValid(banner));
  for (const wrong of [undefined, {}, { server: params.server }, { adset_id: '1' }, { ...params, ad_id: '2' }, { ...params, server: 'ads.example' }]) {
    assert.equal(spec.isBidRequestValid({ ...banner, params: wrong }), false);
  }
});

test('a banner wins, is shown, and counts once', async () => {
  const [bid, ...more] = await ask([banner]);
  assert.equal(more.length, 0);
  assert.deepEqual([bid.requestId, bid.width, bid.height, bid.currency, bid.mediaType, bid.netRevenue], ['b1', 300, 250, 'USD', 'banner', true]);
  assert.ok(bid.cpm > 0 && bid.ttl > 0 && bid.creativeId);
  assert.match(bid.meta.advertiserDomains.join(), /^[\w-]+(\.[\w-]+)+$/);
  assert.doesNotMatch(bid.ad, /AUCTION_PRICE/);
  spec.onBidWon(bid);
  assert.equal((await called.at(-1)).status, 204);
  const pixel = bid.ad.match(/<img src="([^"]*\/t\/s[^"]*)"/)[1].replaceAll('&amp;', '&');
  for (const url of [pixel, bid.burl]) assert.equal((await fetch(url)).status, 200);
});

test('a native ad has the assets that were asked for', async () => {
  const [bid] = await ask([native]);
  assert.equal(bid.mediaType, 'native');
  assert.deepEqual(bid.native.ortb.assets.map(({ id }) => id), [1, 2, 3]);
  assert.equal((await fetch(bid.native.ortb.eventtrackers[0].url)).status, 200);
  const click = await fetch(bid.native.ortb.link.url, { redirect: 'manual' });
  const { hostname } = new URL(click.headers.get('location'));
  assert.ok(bid.meta.advertiserDomains.some((domain) => hostname.endsWith(domain)), hostname);
});

test('says what the page says of floors, secrecy and consent', async () => {
  const floored = { ...banner, getFloor: () => ({ floor: 9000, currency: 'USD' }), params: { ...params, placement: 'INSTAGRAM_STANDARD', viewer: 'v7' } };
  assert.deepEqual(await ask([floored]), []);
  const consent = { gdprConsent: { gdprApplies: true, consentString: 'CPc7' }, uspConsent: '1YNN', gppConsent: { gppString: 'DBA', applicableSections: [7] } };
  const [{ data }] = spec.buildRequests([floored], { ...page, ...consent, refererInfo: { page: 'https://news.example/' } });
  assert.deepEqual(data.regs, { gdpr: 1, us_privacy: '1YNN', gpp: 'DBA', gpp_sid: [7] });
  assert.deepEqual(data.user, { consent: 'CPc7', buyeruid: 'v7' });
  assert.equal(data.imp[0].secure, 1);
  assert.equal(data.imp[0].tagid, 'INSTAGRAM_STANDARD');
});

test('one request for each place, and a word when time is up', async () => {
  const other = { ...banner, bidId: 'b2', params: { ...params, adset_id: '1' } };
  assert.deepEqual(spec.buildRequests([banner, native, other], page).map(({ data }) => data.imp.length), [2, 1]);
  spec.onTimeout([{ ...banner, timeout: 500 }]);
  assert.match(logged.at(-1), /500 ms for top/);
});
