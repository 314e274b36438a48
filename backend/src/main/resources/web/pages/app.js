import { initAll } from './govuk-frontend.min.js'
initAll()
// a page from the browser's memory might show what somebody signed out of
addEventListener('pageshow', e => { if (e.persisted) location.reload() })
if ('serviceWorker' in navigator && document.querySelector('link[rel=manifest]')) navigator.serviceWorker.register('/sw.js')
