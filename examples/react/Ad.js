// <Ad adset="120200000000000006" country="US" height={250}>What stands here when no ad comes.</Ad>
//
// A place for an ad. Its properties are the tag's attributes in camel case (adset, account, placement, width, height, deviceModel, …); onAd is called with
// { ad } or { reason }. The place is filled when it appears, and again when a property changes.
import { createElement, useEffect, useRef } from "react";

export function Ad({ children, className, onAd, ...said }) {
  const place = useRef(null);
  const told = useRef(onAd);
  told.current = onAd;

  useEffect(() => {
    const tell = (event) => told.current?.(event.detail);
    place.current.addEventListener("marquetry", tell);
    return () => place.current?.removeEventListener("marquetry", tell);
  }, []);
  useEffect(() => window.marquetry?.fill(place.current), [JSON.stringify(said)]); // a tag that loads later finds the place by itself

  const attributes = { ref: place, className };
  for (const [name, value] of Object.entries(said)) attributes["data-marquetry-" + name.replace(/[A-Z]/g, (c) => "-" + c.toLowerCase())] = value;
  return createElement("div", attributes, children);
}
