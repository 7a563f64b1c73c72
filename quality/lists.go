package quality

import (
	"strings"
	"sync"
)

// The lists are our own, for English, and provisional: what stands in them
// changes with Version only.

// abbreviations end no sentence.
var abbreviations = set(`mr mrs ms dr st prof rev capt col gen lt sgt hon messrs jr sr vs etc e.g i.e cf viz vol fig figs
	pp ch ed eds al approx dept est inc ltd co mt ave blvd jan feb mar apr jun jul aug sept oct nov dec`)

// slopWords are words that language models use far more often than people.
var slopWords = set(`delve delves delved delving tapestry tapestries testament intricate intricacies multifaceted nuanced vibrant
	bustling whimsical labyrinthine kaleidoscope symphony realm realms beacon pivotal crucial unwavering steadfast
	resilience profound palpable shimmering shimmered glimmering gossamer iridescent luminous ethereal otherworldly ancient
	whispered whisper whispers murmured echoed echoes echoing flickered flickering flicker glinted gleamed etched
	unspoken unseen unbidden tendrils tendril cacophony crescendo reverberated thrummed thrumming hummed pulsed pulsing
	swirled swirling cascading dappled ozone copper-tang visceral gravitas enigmatic poignant bittersweet tantalizing
	meticulous meticulously seamlessly effortlessly inexorably fleeting ephemeral liminal solace trepidation camaraderie
	newfound unravel unravelling unraveling unyielding relentless amidst underscore underscores showcasing fostering
	leverage holistic robust landscape journey embark embarked navigate navigating elevate harness transformative
	paradigm synergy foster commendable noteworthy invaluable indelible`)

// stopWords are left out of runs of content words.
var stopWords = set(`a an the and or but nor so yet if then than as at by for from in into of off on onto out over to under up
	with without i me my mine we us our ours you your yours he him his she her hers it its they them their theirs this that
	these those there here who whom whose which what when where why how is am are was were be been being do does did done
	have has had having will would shall should can could may might must not no just only very too also all any each some
	it's i'm he'd she'd i'd they'd didn't don't wasn't couldn't wouldn't isn't that's there's`)

// slopTrigrams are runs of three content words.
var slopTrigrams = lines(`voice barely whisper
	voice barely above
	barely above whisper
	heart pounding chest
	heart hammered ribs
	heart hammering ribs
	heart hammered chest
	breath caught throat
	took deep breath
	breath know holding
	sent shiver down
	sent shivers down
	shiver down spine
	shivers down spine
	dust motes danced
	long moment silence
	silence stretched between
	eyes never leaving
	eyes never left
	eyes gleaming mischief
	knuckles turning white
	knuckles white gripped
	small sad smile
	ghost smile touched
	smile touched lips
	smile played lips
	lips curled smile
	smile tugged corner
	tugged corner mouth
	air thick tension
	air thick scent
	scent old books
	old paper dust
	hung heavy air
	words hung air
	weight world shoulders
	something else something
	something shifted behind
	said voice low
	voice low steady
	cold knot stomach
	long shadows across
	cast long shadows
	casting long shadows
	sun dipped below
	dipped below horizon
	rich tapestry life
	plays crucial role
	play crucial role
	plays vital role
	ever evolving landscape
	fast paced world
	today's fast paced
	stands testament power
	delicate balance between`)

// cliches are phrases that readers have met too often; * is any one word and |
// parts words that may stand for each other.
var cliches = lines(`couldn't help but
	could not help but
	let out a breath
	a breath he|she|i|they didn't|hadn't know|known|realized|realised
	a testament to
	stood as a testament
	barely above a whisper
	barely a whisper
	sent a shiver down
	sent shivers down
	shiver ran down * spine
	a chill ran down
	heart skipped a beat
	heart pounded in * chest
	heart hammered against|in
	heart hammering against|in
	blood ran cold
	time seemed to stop
	time stood still
	time seemed to slow
	the silence was deafening
	a deafening silence
	silence stretched between
	the air was thick with
	the air thick with
	hung heavy in the air
	hung in the air like
	you could cut the tension
	a sense of unease
	a sense of foreboding
	a wave of relief
	a wave of nausea
	a mix|mixture of fear|hope|relief|sorrow and
	a flicker of something
	something akin to
	something like hope|relief|grief|regret
	eyes widened in
	eyes sparkled|sparkling with
	eyes gleamed|gleaming with
	a glint in * eye|eyes
	a smile tugged at
	a smile played on|at|across
	the ghost of a smile
	a ghost of a smile
	a smile that didn't reach
	didn't reach his|her|their eyes
	knuckles turned|went|were white
	white knuckled grip
	dust motes danced
	the weight of the world
	the weight of * words
	weight settled on|in
	little did he|she|they|i know
	in the blink of an eye
	at the end of the day
	when all was said and done
	needless to say
	last but not least
	against all odds
	calm before the storm
	tip of the iceberg
	the elephant in the room
	only time will tell
	a race against time
	like a moth to
	quiet as a mouse
	white as a sheet
	cold as ice
	dead as a doornail
	a rich tapestry
	tapestry of
	dance of light
	symphony of
	a kaleidoscope of
	labyrinth of
	nestled in|between the heart|hills
	in the heart of the bustling
	bustling streets|city|market
	for the first time in years|months|weeks|forever
	nothing would ever be the same
	would never be the same
	everything had changed
	and everything changed
	and yet somehow
	steeled himself|herself|themselves|myself
	swallowed hard
	squared his|her|their shoulders
	jaw clenched|tightened
	released a breath
	exhaled slowly
	raised an eyebrow
	rolled his|her|their eyes
	a single tear
	tears streamed down
	tears welled up
	unbidden tears
	butterflies in * stomach
	knot in * stomach
	pit of his|her|their|my stomach
	it's important to note
	it is important to note
	it is worth noting
	it's worth noting
	in today's fast paced
	in today's world
	plays a crucial|vital|key|pivotal role
	a game changer
	unlock the power|secrets|potential
	dive deep|deeper into
	delve into
	let's dive in
	navigate the complexities
	the ever evolving
	in conclusion
	in the realm of`)

// fillers open sentences that say nothing.
var fillers = lines(`in this moment
	in that moment
	at that moment
	somehow
	suddenly
	moreover
	furthermore
	ultimately
	interestingly
	importantly
	in essence
	that being said
	as we have seen
	it was as if
	it was as though
	it seemed that
	there was something about`)

// leaks are words of a conversation with a model, or places left open.
var leaks = lines(`as an ai
	as a language model
	as a large language model
	i cannot fulfill
	i can't assist with
	i'm sorry but i can't
	certainly here is
	certainly here's
	sure here is
	sure here's
	here is the chapter
	here's the chapter
	here is the next
	here is your
	here is the revised
	here's the revised
	here's your
	would you like me to
	let me know if you'd
	let me know if you would
	i hope this helps
	word count
	end of chapter
	to be continued in the next
	lorem ipsum`)

// emotions follow on was and felt where a feeling is told and not shown.
var emotions = set(`angry sad happy afraid scared nervous anxious excited worried furious terrified ashamed guilty jealous lonely
	proud relieved embarrassed frustrated confused surprised shocked depressed miserable delighted upset annoyed disappointed`)

func set(text string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.FieldsSeq(text) {
		out[word] = true
	}
	return out
}

func lines(text string) (out [][]string) {
	for line := range strings.Lines(text) {
		out = append(out, strings.Fields(line))
	}
	return out
}

// phrases finds phrases by their first word.
type phrases map[string][][]string

// index sorts phrases by their first words.
func index(list [][]string) phrases {
	p := phrases{}
	for _, phrase := range list {
		for first := range strings.SplitSeq(phrase[0], "|") {
			p[first] = append(p[first], phrase)
		}
	}
	return p
}

// The phrases by first word, made when they are needed.
var (
	clicheIndex = sync.OnceValue(func() phrases { return index(cliches) })
	fillerIndex = sync.OnceValue(func() phrases { return index(fillers) })
	leakIndex   = sync.OnceValue(func() phrases { return index(leaks) })
	slopIndex   = sync.OnceValue(func() phrases { return index(slopTrigrams) })
)

// at returns how many words the longest phrase has that begins at word i, 0 if
// none does; word gives the spelling of a word, and limit is the end.
func (p phrases) at(i, limit int, word func(int) string) int {
	best := 0
	for _, phrase := range p[word(i)] {
		if len(phrase) <= best || i+len(phrase) > limit {
			continue
		}
		fits := true
		for k := 1; k < len(phrase) && fits; k++ {
			fits = phrase[k] == "*" || anyOf(phrase[k], word(i+k))
		}
		if fits {
			best = len(phrase)
		}
	}
	return best
}

// anyOf reports whether a word is one of those between bars.
func anyOf(choice, word string) bool {
	for one := range strings.SplitSeq(choice, "|") {
		if one == word {
			return true
		}
	}
	return false
}
