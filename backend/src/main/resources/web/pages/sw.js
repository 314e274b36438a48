// Keeps the page for when there is no line, and its style: never a page of anybody.
const CACHE = 'offline-2'
async function install() {
  const cache = await caches.open(CACHE), page = await fetch('/offline', { cache: 'no-store' }), html = await page.clone().text()
  await cache.put('/offline', page)
  await cache.addAll([...new Set(html.match(/\/assets\/[^"]+\.(css|svg)/g))])
  await self.skipWaiting()
}
self.addEventListener('install', e => e.waitUntil(install()))
self.addEventListener('activate', e => e.waitUntil(
  caches.keys().then(ks => Promise.all(ks.filter(k => k !== CACHE).map(k => caches.delete(k)))).then(() => self.clients.claim())))
self.addEventListener('fetch', e => {
  const path = new URL(e.request.url).pathname
  if (e.request.mode === 'navigate' && e.request.method === 'GET' && path !== '/exit') {
    e.respondWith(fetch(e.request).catch(() => caches.match('/offline')))
  } else if (path.startsWith('/assets/')) {
    e.respondWith(fetch(e.request).catch(() => caches.match(e.request, { ignoreVary: true }).then(r => r || Response.error())))
  }
})
