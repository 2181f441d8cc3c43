// In place of Prebid's own file, for the test: what is called and logged can be looked at.
export const called = [];
export const logged = [];
export const triggerPixel = (url) => called.push(fetch(url));
export const logWarn = (message) => logged.push(message);
