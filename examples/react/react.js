// React 18 as a module, without a bundler: index.html loads the build that makes it a global.
export const { createElement, useEffect, useRef, useState } = window.React;
