package epub
import ("testing";"os";"quire/press")
func TestDump(t *testing.T){
 for n,m := range map[string]func()[]byte{
 "specimen":func()[]byte{d,r:=bind(t,specimen(t),press.Options{Date:day});t.Log(r.Warnings);return d},
 "hostile":func()[]byte{d,r:=bind(t,hostile(t),press.Options{});t.Log(r.Warnings);return d},
 "bare":func()[]byte{d,_:=bind(t,randomBook(t,3),press.Options{});return d},
 "corpus":func()[]byte{d,_:=bind(t,corpus(t),press.Options{});return d},
 "other":func()[]byte{m:=specimen(t);m.Meta.Kind="nonfiction";d,_:=bind(t,m,press.Options{Theme:press.Themes()[0]});return d},
 }{ os.WriteFile("/tmp/x-"+n+".epub",m(),0o600)}
}
