import { initAll } from './govuk-frontend.min.js'
initAll()
// a page from the browser's memory might show what somebody signed out of
addEventListener('pageshow', e => { if (e.persisted) location.reload() })
if ('serviceWorker' in navigator && document.querySelector('link[rel=manifest]')) navigator.serviceWorker.register('/sw.js')
// what is still going on is looked at again; without script there is a link
const going = document.querySelector('[data-going]')
async function lookAgain() {
  const answer = await fetch(location.href).catch(() => null)
  const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(going.id)
  if (fresh && !fresh.hasAttribute('data-going')) return location.reload()
  if (fresh) going.innerHTML = fresh.innerHTML
  setTimeout(lookAgain, 3000)
}
if (going) setTimeout(lookAgain, 2000)
