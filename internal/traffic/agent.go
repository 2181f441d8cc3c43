package traffic

import "strings"

// crawlers are parts of User-Agent headers, in lower case, by which crawlers, previews of links and monitors make themselves known. Nearly all have
// the word bot before a version or give the address of a page about themselves; "bot" alone would catch telephones of that name.
func crawlers() []string {
	return []string{
		"bot/", "bot;", "bot)", "bot,", "bot-", "-bot", "bot (", "+http://", "+https://", "crawler", "spider",
		"googlebot", "google-inspectiontool", "feedfetcher", "mediapartners-google", "bingpreview", "slurp", "duckduck", "ia_archiver", "applebot",
		"facebookexternalhit", "meta-external", "twitterbot", "telegrambot", "whatsapp/", "skypeuripreview", "embedly", "slackbot", "bytespider",
		"lighthouse", "gtmetrix", "pagespeed", "pingdom", "uptimerobot", "statuscake", "site24x7", "newrelicpinger", "datadog/synthetics",
	}
}

// programs are the same of HTTP libraries, command-line tools, and browsers that a program drives without a screen.
func programs() []string {
	return []string{
		"headless", "phantomjs", "electron/", "puppeteer", "playwright", "selenium",
		"curl/", "wget/", "httpie/", "postmanruntime", "insomnia/", "python-", "python/", "aiohttp", "httpx/", "scrapy", "go-http-client", "java/",
		"apache-httpclient", "jakarta", "libwww-perl", "guzzlehttp", "axios/", "node-fetch", "undici", "ruby", "faraday", "restsharp", "node",
	}
}

// crawls reports whether an agent says that it is a crawler, a preview or a monitor.
func crawls(agent string) bool { return mentions(agent, crawlers()) }

// automatic reports whether an agent is a program's, or says nothing.
func automatic(agent string) bool {
	return strings.TrimSpace(agent) == "" || mentions(agent, programs())
}

// browses reports whether an agent says that it is a browser, as all of them have since the first.
func browses(agent string) bool { return strings.HasPrefix(agent, "Mozilla/") }

// prefetches reports whether the purpose of a request is to have its answer ready: Sec-Purpose is "prefetch" or "prefetch;prerender", older browsers
// send Purpose or X-Moz.
func prefetches(purpose string) bool {
	purpose = strings.ToLower(purpose)
	return strings.Contains(purpose, "prefetch") || strings.Contains(purpose, "prerender") || strings.Contains(purpose, "preview")
}

// mentions reports whether a text has one of these parts, whatever its case.
func mentions(text string, parts []string) bool {
	text = strings.ToLower(text)
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}
