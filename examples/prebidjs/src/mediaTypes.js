// In place of Prebid's own file, for the test.
export const BANNER = 'banner';
export const NATIVE = 'native';
