// Saves what somebody types when they pause. The page's own button does the same without this.
const text = document.getElementById('text'), form = text.form, told = document.getElementById('kept'), tag = form.elements.etag
const PAUSE = 2000, AGAIN = 10000, LONGEST = 300000, LARGEST_ON_THE_WAY_OUT = 60000
let unanswered = null, running = null, over = false, going = false, timer = 0, pause = PAUSE, notBefore = 0
const words = () => {
  const all = new URLSearchParams(new FormData(form))
  all.delete('etag')
  all.set('go', 'stay')
  return all.toString()
}
let kept = words()
const tell = what => { told.textContent = told.dataset[what] || '' }
const later = () => { clearTimeout(timer); timer = setTimeout(() => save(false), Math.max(PAUSE, notBefore - Date.now())) }
const wait = milliseconds => { pause = milliseconds; notBefore = Date.now() + milliseconds }

async function post(what, leaving) {
  const answer = await fetch(form.getAttribute('action'), {
    method: 'POST', body: new URLSearchParams(what + '&etag=' + encodeURIComponent(tag.value)), redirect: 'error',
    keepalive: leaving && what.length < LARGEST_ON_THE_WAY_OUT
  })
  if (answer.status === 204) {
    tag.value = answer.headers.get('ETag')
    kept = what
    pause = PAUSE
    notBefore = 0
    return true
  }
  // the button shows both texts, or what is left of them, or signs in and goes on with what was typed
  over = [401, 403, 404, 409, 412].includes(answer.status)
  // whatever it is, the whole text sent again every two seconds mends nothing
  wait(Math.max(Math.min(pause * 2, LONGEST), 1000 * (Number(answer.headers.get('Retry-After')) || 0)))
  tell(answer.status === 412 ? 'elsewhere' : 'failed')
  return false
}

async function save(leaving) {
  if (running || over || going) return running
  const now = words()
  if (now === kept && unanswered === null) return
  tell('saving')
  running = (async () => {
    let what = now
    try {
      // an answer that was lost on the way is asked for first, word for word: whatever stands there then is ours
      if (unanswered !== null) {
        what = unanswered
        if (!await post(what, false)) return
        unanswered = null
        what = now
      }
      if (now === kept || await post(now, leaving)) tell('saved')
    } catch {
      unanswered = what
      tell('failed')
      wait(AGAIN)
    }
  })()
  await running
  running = null
  if (!over && !going && (unanswered !== null || words() !== kept)) later()
}

form.addEventListener('input', () => { if (!running) later() })
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save(true) })
form.addEventListener('submit', async e => {
  if (going || over || (!running && unanswered === null)) {
    going = true
    clearTimeout(timer)
    return
  }
  // the form has to go with the version that its own saving makes
  e.preventDefault()
  const by = e.submitter
  await running
  if (unanswered !== null) await save(false)
  going = true
  clearTimeout(timer)
  form.requestSubmit(by)
})
