// Starts a fresh server for a file of tests, and gives what every client needs to reach it.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';

const here = import.meta.dirname;

// photo is a picture of 640 × 640.
export const photo = readFileSync(join(here, '../../cmd/marquetry/demo/mug.jpg'));

// start runs `marquetry serve` with these flags besides the usual ones, and stops it when the file's tests are done. It gives what serve
// prints as JSON ({url, token, account_id, page_id, pixel_id}), and the data directory.
export async function start(...flags) {
  const data = mkdtempSync(join(tmpdir(), 'marquetry-sdk-'));
  const server = spawn(join(here, 'node_modules/.marquetry'), ['serve', '--json', '--data', data, '--listen', '127.0.0.1:0', '--fetch-allow', '127.0.0.0/8', ...flags],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  after(async () => {
    server.kill('SIGTERM');
    await new Promise((done) => server.once('exit', done));
    rmSync(data, { recursive: true });
  });
  let text = '';
  for await (const line of createInterface({ input: server.stdout })) {
    text += line;
    try {
      return { ...JSON.parse(text), data };
    } catch { /* the object goes on over more lines */ }
  }
  throw new Error('the server said nothing: ' + text);
}

// shop serves the photo at every address but those that end in gone.jpg, as a shop's own server does for the items of a catalog, and gives its base.
export async function shop() {
  const site = createServer((request, answer) => {
    const found = !request.url.endsWith('gone.jpg');
    answer.writeHead(found ? 200 : 404, { 'content-type': found ? 'image/jpeg' : 'text/plain' }).end(found ? photo : 'gone');
  });
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  after(() => site.close());
  return `http://127.0.0.1:${site.address().port}`;
}

// until asks again and again, until what comes back is not undefined.
export async function until(ask) {
  for (let answer; ; await new Promise((pause) => setTimeout(pause, 100))) if ((answer = await ask()) !== undefined) return answer;
}

// ask is a plain request, for what the client under test is not about.
export async function ask(server, method, path, params = {}) {
  const url = new URL(path, server.url + '/v26.0/');
  const init = { method, headers: { authorization: 'Bearer ' + server.token } };
  if (method === 'GET') {
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  } else {
    init.headers['content-type'] = 'application/json';
    init.body = JSON.stringify(params);
  }
  const answer = await (await fetch(url, init)).json();
  if (answer.error) throw new Error(`${method} ${path}: ${JSON.stringify(answer.error)}`);
  return answer;
}

// campaignParams, setParams and feed are what an ordinary advertiser sends.
export const campaignParams = { name: 'Spring', objective: 'OUTCOME_SALES', status: 'ACTIVE', special_ad_categories: [], is_adset_budget_sharing_enabled: false };

export const setParams = (server, campaign, changes = {}) => ({
  name: 'Everyone', campaign_id: campaign, status: 'ACTIVE', daily_budget: 5000, billing_event: 'IMPRESSIONS', optimization_goal: 'OFFSITE_CONVERSIONS',
  bid_strategy: 'LOWEST_COST_WITHOUT_CAP', promoted_object: { pixel_id: server.pixel_id, custom_event_type: 'PURCHASE' },
  targeting: { geo_locations: { countries: ['US'] }, age_min: 18, age_max: 65, targeting_automation: { advantage_audience: 0 } }, ...changes,
});

export const feed = (hash) => ({
  images: [{ hash }], titles: [{ text: 'Made by hand' }, { text: 'New this week' }], bodies: [{ text: 'See the spring collection.' }, { text: 'Only while it lasts.' }],
  descriptions: [{ text: 'Free returns' }], call_to_action_types: ['SHOP_NOW', 'LEARN_MORE'], link_urls: [{ website_url: 'https://example.com/' }], ad_formats: ['SINGLE_IMAGE'],
});

// visit asks for an ad for some viewers and reports that each saw it; every third clicks.
export async function visit(server, ad, viewers) {
  for (let i = 0; i < viewers; i++) {
    const answer = await fetch(server.url + '/v1/decisions', { method: 'POST', headers: { authorization: 'Bearer ' + server.token },
      body: JSON.stringify({ ad_id: ad, viewer: { id: 'viewer-' + i, country: 'US' } }) });
    const { decisions: [decision] } = await answer.json();
    await fetch(decision.impression_url);
    if (i % 3 === 0) await fetch(decision.click_url, { redirect: 'manual' });
  }
  await fetch(server.url + '/v1/learn', { method: 'POST', headers: { authorization: 'Bearer ' + server.token } });
}
