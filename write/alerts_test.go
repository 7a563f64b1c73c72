package write

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quire/book"
)

// page is a chapter for the checks.
type page struct {
	text  string
	facts []book.Fact
	end   book.Handoff
}

// cast and profiles are what the checks of these tests know.
var (
	cast = book.Concept{
		Cast: []book.Character{
			{ID: "ann", Name: "Ann", Full: "Ann Meyer"}, {ID: "bo", Name: "Bo"}, {ID: "tobias", Name: "Tobias"},
			{ID: "marta", Name: "Marta", Full: "Marta Quill"},
		},
		Places: []book.Place{{ID: "quay", Name: "the quay"}, {ID: "mill", Name: "the mill"}},
		Things: []book.Thing{{ID: "key", Name: "the brass key"}},
	}
	profiles = book.Bible{Characters: []book.Profile{{ID: "bo", Age: "12"}, {ID: "marta", Aliases: []string{"Old Quill"}}}}
)

// readPages is a book of the pages.
func readPages(pages ...page) *continuity {
	k := &continuity{concept: cast, bible: profiles, names: book.NamesOf(cast, profiles)}
	k.callPeople()
	for i, p := range pages {
		d := book.Delta{Facts: p.facts}.Settle(p.text, k.names)
		k.add(told{id: book.ChapterID(fmt.Sprintf("ch_%d", i+1)), ordinal: i + 1, text: p.text, handoff: p.end}, d.Facts)
	}
	return k
}

// said is a fact with its quote.
func said(subject, attr, value, quote string) book.Fact {
	return book.Fact{Subject: subject, Attr: attr, Value: value, Quote: quote}
}

// oneLine writes an alert on one line.
func oneLine(c candidate) string {
	line := fmt.Sprintf("%s %s | %d: %s | %d: %s", c.Kind, c.Subject, c.Earlier.Ordinal, c.Earlier.Quote, c.Later.Ordinal, c.Later.Quote)
	if c.was+c.is != "" {
		line += " | " + c.was + " for " + c.is
	}
	return line
}

// expect holds what the checks find in each case against what is wanted.
func expect(t *testing.T, cases map[string]struct {
	pages []page
	want  []string
}) {
	t.Helper()
	for name, tt := range cases {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, c := range readPages(tt.pages...).contradictions() {
				if !strings.HasPrefix(c.ID, "al_") || c.Problem == "" || c.Standing != book.AlertOpen {
					t.Errorf("the alert %+v lacks something", c.Alert)
				}
				got = append(got, oneLine(c))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("contradictions (-want +got):\n%s", diff)
			}
		})
	}
}

type cases = map[string]struct {
	pages []page
	want  []string
}

func TestAnAgeAgreesWithTheYearsThatPass(t *testing.T) {
	first := page{text: "Ann was thirty-four. She went home."}
	expect(t, cases{
		"another age": {[]page{first, {text: "Rain fell. Ann was 43, and she smiled."}},
			[]string{"age Ann | 1: Ann was thirty-four. | 2: Ann was 43, and she smiled. | 34 for 43"}},
		"an age in a fact": {[]page{first, {text: "She had all her thirty-four years.", facts: []book.Fact{said("Ann Meyer", "years old", "34", "she had  all her THIRTY-four years")}}}, nil},
		"an age that is younger": {[]page{first, {text: "She was twenty-nine now.", facts: []book.Fact{said("ann", "age", "29", "She was twenty-nine now")}}},
			[]string{"age Ann | 1: Ann was thirty-four. | 2: She was twenty-nine now | thirty-four for twenty-nine"}},
		"the bible is the earliest place": {[]page{{text: "The nine-year-old Bo ran."}}, []string{"age Bo | 0: Bo: 12 | 1: The nine-year-old Bo ran. | twelve for nine"}},
		"a birthday":                      {[]page{first, {text: "Ann had just turned thirty-five."}}, nil},
		"years that pass":                 {[]page{first, {text: "Ten years later the quay was gone. Ann was forty-four."}}, nil},
		"years that are too few": {[]page{first, {text: "Two years later the quay was gone. Ann was forty-four."}},
			[]string{"age Ann | 1: Ann was thirty-four. | 2: Ann was forty-four. | thirty-six for forty-four"}},
		"years that do not show": {[]page{first, {text: "Twenty years later the quay was gone. Ann was thirty-four."}},
			[]string{"age Ann | 1: Ann was thirty-four. | 2: Ann was thirty-four. | fifty-four for thirty-four"}},
		"years that nobody counts": {[]page{first, {text: "Many years passed. Ann was fifty."}}, nil},
		"a decade":                 {[]page{first, {text: "A decade later, Ann was forty-five."}}, nil},
		"a memory":                 {[]page{first, {text: "When Ann was twelve, she fell. Ann was twelve, once."}}, nil},
		"somebody else":            {[]page{first, {text: "Tobias was sixty. Ann was one of them."}}, nil},
		"a number of things":       {[]page{first, {text: "Ann was two miles away. Ann, 3 boats behind, waved."}}, nil},
	})
}

func TestADayOfTheWeekAgreesWithTheCalendar(t *testing.T) {
	expect(t, cases{
		"a wrong day": {[]page{{text: "It was Friday, 14 March 1921, and cold."}},
			[]string{"date 14 March 1921 | 0: the calendar: Monday, 14 March 1921 | 1: It was Friday, 14 March 1921, and cold. | Monday for Friday"}},
		"a right day":          {[]page{{text: "It was Monday the 14th of March, 1921. It was Monday, March 14, 1921."}}, nil},
		"a day that is not":    {[]page{{text: "It was Friday, 31 February 1921."}}, nil},
		"before this calendar": {[]page{{text: "It was Friday, 14 March 1421."}}, nil},
		"days without a year":  {[]page{{text: "Monday, 3 March."}, {text: "Monday the 10th of March."}}, nil},
		"another year":         {[]page{{text: "Monday, 3 March."}, {text: "A year later. Friday, 14 June."}, {text: "On Tuesday, 3 March, it rained."}}, nil},
		"the year before":      {[]page{{text: "Monday, 3 March."}, {text: "On Sunday, 3 March last year, it rained."}}, nil},
		"no day of the week":   {[]page{{text: "On 3 March it was a fine day."}}, nil},
		"a day that disagrees": {[]page{{text: "She came on Monday, 3 March."}, {text: "He left on Thursday, March 14."}},
			[]string{"date 14 March | 1: She came on Monday, 3 March. | 2: He left on Thursday, March 14. | Friday for Thursday"}},
	})
}

func TestDatesOfTheStoryRunForward(t *testing.T) {
	dated := func(subject, date string) page {
		return page{text: "It was " + date + ".", facts: []book.Fact{said(subject, "date", date, "It was "+date)}}
	}
	expect(t, cases{
		"backwards": {[]page{dated("story", "4 May 1921"), dated("story", "3 May 1921")},
			[]string{"date story | 1: It was 4 May 1921 | 2: It was 3 May 1921 | 4 May 1921 for 3 May 1921"}},
		"forwards":      {[]page{dated("story", "4 May 1921"), dated("story", "May 6, 1921")}, nil},
		"an event":      {[]page{dated("the wedding", "4 May 1921"), dated("wedding", "May 6, 1921")}, []string{"date wedding | 1: It was 4 May 1921 | 2: It was May 6, 1921 | 4 May 1921 for May 6, 1921"}},
		"the same date": {[]page{dated("wedding", "4 May 1921"), dated("wedding", "May 4, 1921")}, nil},
		"no date":       {[]page{dated("wedding", "spring"), dated("wedding", "May 4, 1921")}, nil},
	})
}

func TestWhoIsGoneIsGone(t *testing.T) {
	died := page{text: "Tobias drowned in the race.", facts: []book.Fact{said("tobias", "died", "in the race", "Tobias drowned in the race")}}
	expect(t, cases{
		"speaks": {[]page{died, {text: "“Stay,” said Tobias."}},
			[]string{"exit Tobias | 1: Tobias drowned in the race | 2: “Stay,” said Tobias."}},
		"acts in two chapters": {[]page{died, {text: "Tobias walked in. Tobias sat."}, {text: "Tobias nodded."}},
			[]string{"exit Tobias | 1: Tobias drowned in the race | 2: Tobias walked in.", "exit Tobias | 1: Tobias drowned in the race | 3: Tobias nodded."}},
		"is somewhere": {[]page{died, {text: "In the mill was the old man.", facts: []book.Fact{said("Tobias", "location", "the mill", "In the mill was the old man")}}},
			[]string{"exit Tobias | 1: Tobias drowned in the race | 2: In the mill was the old man"}},
		"has something": {[]page{died, {text: "The brass key hung from his neck.", facts: []book.Fact{said("tobias", "has", "the brass key", "The brass key hung from his neck")}}},
			[]string{"owner the brass key | 1: Tobias drowned in the race | 2: The brass key hung from his neck"}},
		"is remembered":     {[]page{died, {text: "Tobias had walked here once. “Tobias said so,” said Ann. The letter of Tobias lay there."}}, nil},
		"lies in his grave": {[]page{died, {text: "Tobias lay in the churchyard.", facts: []book.Fact{said("tobias", "at", "the churchyard", "Tobias lay in the churchyard")}}}, nil},
		"went for a walk":   {[]page{{text: "Tobias went to the mill.", facts: []book.Fact{said("tobias", "gone", "to the mill", "Tobias went to the mill")}}, {text: "Tobias smiled."}}, nil},
		"acts before":       {[]page{{text: "Tobias smiled."}, died}, nil},
		"was thought dead":  {[]page{{text: "If Tobias drowned, who rows?", facts: []book.Fact{said("tobias", "gone", "dead", "If Tobias drowned, who rows?")}}, {text: "Tobias smiled."}}, nil},
	})
}

func TestAThingIsInOnePairOfHands(t *testing.T) {
	has := func(who, quote string) page {
		return page{text: quote + ".", facts: []book.Fact{said(who, "owns", "the brass key", quote)}}
	}
	ann := has("ann", "Ann carried the brass key at her belt")
	expect(t, cases{
		"two have it": {[]page{ann, has("bo", "In Bo’s pocket was the brass key")},
			[]string{"owner the brass key | 1: Ann carried the brass key at her belt | 2: In Bo’s pocket was the brass key | Ann for Bo"}},
		"it was given":         {[]page{ann, {text: "She gave him the key."}, has("bo", "In Bo’s pocket was the brass key")}, nil},
		"it was taken there":   {[]page{ann, has("bo", "Bo had taken the brass key")}, nil},
		"it was lost":          {[]page{ann, {text: "It was gone.", facts: []book.Fact{said("ann", "lost", "the brass key", "It was gone")}}, has("bo", "In Bo’s pocket was the brass key")}, nil},
		"the same has it":      {[]page{ann, has("Ann Meyer", "On her neck was the brass key")}, nil},
		"one of many":          {[]page{{text: "Ann wore a coat.", facts: []book.Fact{said("ann", "has", "a coat", "Ann wore a coat")}}, {text: "Bo wore a coat.", facts: []book.Fact{said("bo", "has", "a coat", "Bo wore a coat")}}}, nil},
		"a fact without words": {[]page{ann, {text: "Nothing.", facts: []book.Fact{said("bo", "has", "the brass key", "not in the text")}}}, nil},
		"without a name": {[]page{ann, has("bo", "Under his shirt was the brass key")},
			[]string{"owner the brass key | 1: Ann carried the brass key at her belt | 2: Under his shirt was the brass key"}},
	})
}

func TestNobodyUsesWhatTheyLearnLater(t *testing.T) {
	knows := page{text: "Ann told him that Bo had burned the mill.", facts: []book.Fact{said("ann", "knows", "that Bo burned the mill", "Ann told him that Bo had burned the mill")}}
	expect(t, cases{
		"too early": {[]page{knows, {text: "Only then did Ann learn who burned it: Bo.", facts: []book.Fact{said("ann", "learned", "that Bo burned the mill", "Only then did Ann learn who burned it")}}},
			[]string{"knowledge Ann | 1: Ann told him that Bo had burned the mill | 2: Only then did Ann learn who burned it"}},
		"by the words": {[]page{knows, {text: "Now she found out about the burned mill.", facts: []book.Fact{said("ann", "knows", "Bo burned the mill", "she found out about the burned mill")}}},
			[]string{"knowledge Ann | 1: Ann told him that Bo had burned the mill | 2: she found out about the burned mill"}},
		"still knows":    {[]page{knows, knows}, nil},
		"something else": {[]page{knows, {text: "Ann learned to row.", facts: []book.Fact{said("ann", "learns", "how to row a boat", "Ann learned to row")}}}, nil},
		"somebody else":  {[]page{knows, {text: "Marta learned it.", facts: []book.Fact{said("marta", "learns", "that Bo burned the mill", "Marta learned it")}}}, nil},
		"a village":      {[]page{knows, {text: "They learned it.", facts: []book.Fact{said("the village", "learns", "that Bo burned the mill", "They learned it")}}}, nil},
	})
}

func TestANameIsWrittenInOneWay(t *testing.T) {
	expect(t, cases{
		"a slip": {[]page{{text: "There stood Marta."}, {text: "He saw Marte at the door."}},
			[]string{"name Marta | 1: There stood Marta. | 2: He saw Marte at the door. | Marta for Marte"}},
		"before a deed": {[]page{{text: "There stood Marta."}, {text: "Marat said nothing."}},
			[]string{"name Marta | 1: There stood Marta. | 2: Marat said nothing. | Marta for Marat"}},
		"the first time it comes": {[]page{{text: "He saw Tobis’s boat."}}, []string{"name Tobias | 0: Tobias | 1: He saw Tobis’s boat. | Tobias for Tobis"}},
		"a name that comes often": {[]page{{text: "He saw Martha. She saw Martha. We saw Martha. They saw Martha."}}, nil},
		"a name that drifts": {[]page{{text: strings.Repeat("He saw Marta. ", 6)}, {text: "He saw Marte. She saw Marte. We saw Marte. They saw Marte."}}, []string{
			"name Marta | 1: He saw Marta. | 2: He saw Marte. | Marta for Marte", "name Marta | 1: He saw Marta. | 2: She saw Marte. | Marta for Marte",
			"name Marta | 1: He saw Marta. | 2: We saw Marte. | Marta for Marte", "name Marta | 1: He saw Marta. | 2: They saw Marte. | Marta for Marte",
		}},
		"both in one chapter": {[]page{{text: strings.Repeat("He saw Marta. ", 6) + "He saw Marte. She saw Marte. We saw Marte. They saw Marte."}}, nil},
		"a plural":            {[]page{{text: "He saw Marta and the Martas."}}, nil},
		"a word":              {[]page{{text: "The Quilt was on the bed. A quilt is warm. “No,” she said, “Quilts are warm.”"}}, nil},
		"after a mark":        {[]page{{text: "He said, “Quiet, Marta.”"}}, nil},
		"another name": {[]page{{text: "Her name was Ann Meyer.", facts: []book.Fact{said("ann", "named", "Ann Meyer", "Her name was Ann Meyer")}}, {text: "They called her Lotte.", facts: []book.Fact{said("ann", "name", "Lotte", "They called her Lotte")}}},
			[]string{"name Ann | 1: Her name was Ann Meyer | 2: They called her Lotte | Ann Meyer for Lotte"}},
		"an alias": {[]page{{text: "This was Marta Quill.", facts: []book.Fact{said("marta", "name", "Marta", "This was Marta")}}, {text: "They called her Old Quill.", facts: []book.Fact{said("marta", "name", "Old Quill", "They called her Old Quill")}}}, nil},
	})
}

func TestLooksStay(t *testing.T) {
	expect(t, cases{
		"eyes": {[]page{{text: "Ann’s green eyes shone."}, {text: "Ann’s eyes were a cold blue. She blinked."}},
			[]string{"look Ann | 1: Ann’s green eyes shone. | 2: Ann’s eyes were a cold blue. | green for blue"}},
		"eyes that changed": {[]page{{text: "Ann’s green eyes shone."}, {text: "Ann’s eyes were blue."}},
			[]string{"look Ann | 1: Ann’s green eyes shone. | 2: Ann’s eyes were blue. | green for blue"}},
		"eyes of a fact": {[]page{{text: "Ann’s green eyes shone."}, {text: "Her eyes were brown.", facts: []book.Fact{said("ann", "eye colour", "brown", "Her eyes were brown")}}},
			[]string{"look Ann | 1: Ann’s green eyes shone. | 2: Her eyes were brown | green for brown"}},
		"a scar": {[]page{{text: "Bo had a scar on his left hand."}, {text: "Bo hid the scar on his right hand."}},
			[]string{"look Bo | 1: Bo had a scar on his left hand. | 2: Bo hid the scar on his right hand. | left for right"}},
		"a scar that moved": {[]page{{text: "There was a scar on Bo’s left hand."}, {text: "Bo hid the scar on his right hand."}},
			[]string{"look Bo | 1: There was a scar on Bo’s left hand. | 2: Bo hid the scar on his right hand. | left for right"}},
		"two scars":       {[]page{{text: "There was a scar on Bo’s left hand."}, {text: "Bo hid the scar on his right knee."}}, nil},
		"hair grows grey": {[]page{{text: "Ann’s black hair."}, {text: "Ann’s hair was white."}}, nil},
		"same colours":    {[]page{{text: "Ann’s gray eyes."}, {text: "Ann’s grey eyes."}}, nil},
		"one of two":      {[]page{{text: "Ann’s gray eyes."}, {text: "Marta’s brown eyes."}, {text: "Blue or brown, who knew?", facts: []book.Fact{said("ann", "eyes", "brown", "Blue or brown, who knew?")}}}, nil},
		"a scar in facts": {[]page{{text: "A scar ran over his left cheek.", facts: []book.Fact{said("bo", "scar", "left cheek", "A scar ran over his left cheek")}}, {text: "A scar ran over his right cheek.", facts: []book.Fact{said("bo", "scar", "right cheek", "A scar ran over his right cheek")}}},
			[]string{"look Bo | 1: A scar ran over his left cheek | 2: A scar ran over his right cheek | left for right"}},
	})
}

func TestNobodyIsAtTwoPlaces(t *testing.T) {
	at := func(where, quote string) book.Fact { return said("ann", "at", where, quote) }
	quay := page{text: "She stood on the quay.", facts: []book.Fact{at("the quay", "She stood on the quay")}, end: book.Handoff{Where: "quay", Who: []string{"ann"}}}
	mill := page{text: "The wheel of the mill turned over Ann.", facts: []book.Fact{at("the mill", "The wheel of the mill turned over Ann")}}
	walked := page{text: "She walked. The wheel of the mill turned over Ann.", facts: mill.facts}
	expect(t, cases{
		"at one hour": {[]page{{text: "At noon Ann was on the quay. At noon Ann was in the mill.", facts: []book.Fact{at("mill", "At noon Ann was in the mill"), at("quay", "At noon Ann was on the quay")}}},
			[]string{"place Ann | 1: At noon Ann was on the quay | 1: At noon Ann was in the mill | the quay for the mill"}},
		"at two hours": {[]page{{text: "At noon Ann was on the quay. At dusk Ann was in the mill.", facts: []book.Fact{at("quay", "At noon Ann was on the quay"), at("mill", "At dusk Ann was in the mill")}}}, nil},
		"a chapter begins elsewhere": {[]page{quay, mill},
			[]string{"place Ann | 1: She stood on the quay | 2: The wheel of the mill turned over Ann | the quay for the mill"}},
		"somebody walked":   {[]page{quay, walked}, nil},
		"at the same place": {[]page{quay, quay}, nil},
		"far into it":       {[]page{quay, {text: strings.Repeat("Rain. ", 120) + mill.text, facts: mill.facts}}, nil},
		"a place of nobody": {[]page{{text: "x.", end: book.Handoff{Where: "the moon", Who: []string{"ann"}}}, mill}, nil},
	})
}

func TestAlertsHaveStableNames(t *testing.T) {
	pages := []page{{text: "Ann was thirty-four. Ann’s green eyes."}, {text: "Ann was 43. Ann’s blue eyes."}}
	ids := func() (list []string) {
		for _, c := range readPages(pages...).contradictions() {
			list = append(list, c.ID)
		}
		return list
	}
	first := ids()
	if len(first) != 2 || !slices.Equal(first, ids()) {
		t.Errorf("alerts are called %q, then %q", first, ids())
	}
}

func TestABookWithoutPeopleIsRead(t *testing.T) {
	k := &continuity{names: book.Names{}}
	k.callPeople()
	k.add(told{id: "ch_1", ordinal: 1, text: "Ann was 34. It was Friday, 14 March 1921."}, []book.Fact{said("x", "has", "the lamp", "Ann was 34")})
	if got := k.contradictions(); len(got) != 1 || got[0].Kind != "date" {
		t.Errorf("found %+v", got)
	}
}

func TestNumbersAreReadInWordsAndDigits(t *testing.T) {
	for n := range 100 {
		if got, ok := readNumber(inWords(n)); !ok || got != n {
			t.Errorf("%q is read as %d", inWords(n), got)
		}
		if got := anyNumber.FindString("is " + inWords(n) + " now"); n > 0 && got != inWords(n) {
			t.Errorf("%q is found as %q", inWords(n), got)
		}
	}
	for _, text := range []string{"", "many", "thirty-ten", "four thirty", "twenty-one-two", "nine nine"} {
		if n, ok := readNumber(text); ok {
			t.Errorf("%q is read as %d", text, n)
		}
	}
	if got := writtenLike("34", 120) + inWords(120) + writtenLike("two", 20); got != "120120twenty" {
		t.Errorf("numbers are written as %s", got)
	}
}

func TestSentencesEndWhereTheyEnd(t *testing.T) {
	k := &continuity{}
	var got []string
	for _, s := range k.split("“Stop!” she said. Mr. Gray came… and went.\n\nNo? “Yes.” 我来了。你好") {
		got = append(got, s.text)
	}
	want := []string{"“Stop!” she said.", "Mr. Gray came… and went.", "No?", "“Yes.”", "我来了。", "你好"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}
