// Bids of a Marquetry server in Prebid.js: ad units become one OpenRTB 2.6 request for each server and place that they name, and its bids become
// Prebid's. The file belongs into modules/ of Prebid.js; see README.md.
import { registerBidder } from '../src/adapters/bidderFactory.js';
import { BANNER, NATIVE } from '../src/mediaTypes.js';
import { logWarn, triggerPixel } from '../src/utils.js';

const CODE = 'marquetry';
const SCOPES = ['account_id', 'adset_id', 'ad_id'];
const PRICE = /\$\{AUCTION_PRICE\}/g;
const MARKUP = { 1: BANNER, 4: NATIVE }; // mtype of OpenRTB 2.6

// endpointOf is where a bid is asked for: the server, and one of account_id, adset_id and ad_id.
function endpointOf({ params }) {
  const scope = SCOPES.find((name) => params[name]);
  return `${params.server.replace(/\/+$/, '')}/v1/openrtb?${scope}=${encodeURIComponent(params[scope])}`;
}

// impOf is one ad unit as OpenRTB has it. The placement, where one is named, is Marquetry's own name of a place.
function impOf(bid, secure, currency) {
  const imp = { ...bid.ortb2Imp, id: bid.bidId, secure };
  const { banner, native } = bid.mediaTypes;
  if (bid.params.placement) imp.tagid = bid.params.placement;
  if (banner) imp.banner = { ...imp.banner, format: banner.sizes.map(([w, h]) => ({ w, h })) };
  if (native) imp.native = { ver: '1.2', request: JSON.stringify({ ver: '1.2', ...bid.nativeOrtbRequest }) };
  if (bid.getFloor) { // the price floors module is there
    const { floor, currency: of } = bid.getFloor({ currency, mediaType: '*', size: '*' }) || {};
    if (floor > 0) Object.assign(imp, { bidfloor: floor, bidfloorcur: of });
  }
  return imp;
}

// regsOf adds what Prebid's consent modules found out to the page's own rules.
function regsOf({ gdprConsent, uspConsent, gppConsent, ortb2 = {} }) {
  const regs = { ...ortb2.regs };
  if (gdprConsent) regs.gdpr = gdprConsent.gdprApplies ? 1 : 0;
  if (uspConsent) regs.us_privacy = uspConsent;
  if (gppConsent) Object.assign(regs, { gpp: gppConsent.gppString, gpp_sid: gppConsent.applicableSections });
  return regs;
}

// requestOf is the OpenRTB request for the ad units of one endpoint.
function requestOf(bids, bidderRequest) {
  const { ortb2 = {}, gdprConsent, refererInfo = {}, timeout } = bidderRequest;
  const currency = bids[0].params.currency || 'USD';
  const secure = (refererInfo.page || '').startsWith('http:') ? 0 : 1;
  const user = { ...ortb2.user };
  if (gdprConsent) user.consent = gdprConsent.consentString;
  if (bids[0].params.viewer) user.buyeruid = bids[0].params.viewer;
  return {
    ...ortb2, id: bidderRequest.bidderRequestId, at: 1, tmax: timeout, cur: [currency],
    imp: bids.map((bid) => impOf(bid, secure, currency)), user, regs: regsOf(bidderRequest),
  };
}

export const spec = {
  code: CODE,
  supportedMediaTypes: [BANNER, NATIVE],

  isBidRequestValid({ params = {} }) {
    return /^https?:\/\/./.test(params.server || '') && SCOPES.filter((name) => params[name]).length === 1;
  },

  buildRequests(validBidRequests, bidderRequest) {
    const byEndpoint = new Map();
    for (const bid of validBidRequests) {
      const url = endpointOf(bid);
      byEndpoint.set(url, [...(byEndpoint.get(url) || []), bid]);
    }
    return [...byEndpoint].map(([url, bids]) => ({
      method: 'POST', url, data: requestOf(bids, bidderRequest),
      options: { contentType: 'text/plain', withCredentials: false }, // no cookies, and no question before the request
    }));
  },

  // The answer to nothing to show is empty. Who wins pays what it bid, so that the price is known already.
  interpretResponse({ body }) {
    if (!body || !body.seatbid) return [];
    return body.seatbid.flatMap(({ bid }) => bid).map((bid) => {
      const priced = (text) => text && text.replace(PRICE, bid.price);
      const mediaType = MARKUP[bid.mtype];
      const markup = mediaType === NATIVE ? { native: { ortb: JSON.parse(priced(bid.adm)) } } : { ad: priced(bid.adm), width: bid.w, height: bid.h };
      return {
        requestId: bid.impid, cpm: bid.price, currency: body.cur, creativeId: bid.crid, netRevenue: true, ttl: bid.exp, mediaType,
        meta: { advertiserDomains: bid.adomain, mediaType }, nurl: priced(bid.nurl), burl: priced(bid.burl), ...markup,
      };
    });
  },

  onBidWon(bid) {
    if (bid.nurl) triggerPixel(bid.nurl);
  },

  onTimeout(bids) {
    logWarn(`${CODE}: no answer within ${bids[0].timeout} ms for ${bids.map((bid) => bid.adUnitCode).join(', ')}`);
  },
};

registerBidder(spec);
