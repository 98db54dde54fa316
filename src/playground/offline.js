// Service worker: keeps the page's files, so that it works without a network too. `FILES` is written before it by vite.config.ts.
const CACHE = `slatesim ${registration.scope}`;

addEventListener("install", (event) => event.waitUntil(keepAll()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(registration.scope)) {
    event.respondWith(answer(event));
  }
});

/** Keeps the files of this build, and no others. */
async function keepAll() {
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES);
  await skipWaiting();
}

/** The file from the network, which is kept, or the one that was kept where there is none. */
async function answer(event) {
  const { request } = event;
  try {
    const response = await fetch(request);
    if (response.ok) event.waitUntil(keep(request, response.clone()));
    return response;
  } catch (error) {
    const kept = await caches.match(request, { cacheName: CACHE, ignoreSearch: true });
    if (kept === undefined) throw error;
    return kept;
  }
}

async function keep(request, response) {
  const cache = await caches.open(CACHE);
  await cache.put(request, response);
}
