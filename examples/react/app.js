import { createElement as h, useState } from "react";
import { Ad } from "./Ad.js";

function App({ account }) {
  const [articles, setArticles] = useState(1);
  const [last, setLast] = useState("");
  return h("main", null,
    h("h1", null, "Bread, twice a week"),
    h("button", { id: "more", onClick: () => setArticles(articles + 1) }, "More"),
    h("p", null, "The last place: ", h("output", null, last)),
    Array.from({ length: articles }, (_, i) => h("article", { key: i },
      h("h2", null, "Loaf " + (i + 1)),
      h(Ad, { account, country: "US", height: 250, className: "ad", onAd: ({ ad, reason }) => setLast(ad ? "filled" : reason) }, "Our own advice."))));
}

const root = document.getElementById("root");
window.ReactDOM.createRoot(root).render(h(App, { account: root.dataset.account }));
