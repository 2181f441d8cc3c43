// In place of Prebid's own file, for the test: it keeps what was registered.
export const registered = [];
export const registerBidder = (spec) => registered.push(spec);
