package epub
import ("testing";"os";"fmt";"strings";"quire/book";"quire/press")
func TestCovers(t *testing.T){
 for i,m := range []book.Meta{
  {Title:strings.Repeat("A Title Without End, or Nearly So; ", 9)[:300],Author:"B. C. Dee",Kind:"nonfiction",Publisher:"P"},
  {Title:"Salt",Author:"Ana Maria Lópes da Cruz e Silva, Bartholomew Featherstonehaugh, Konstantinos Papadopoulos",Subtitle:"A very long subtitle that explains everything that there is to know about salt, the sea, and how people came to trade with it"},
  {Title:"Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",Author:"X"},
  {Title:"紅楼夢と日本の文学史について考える",Author:"曹雪芹"},
  {Title:"ألف ليلة وليلة",Author:"مجهول",Language:"ar",Kind:"nonfiction"},
  {Title:"The Lamplighter of Skerry Point",Author:"A. N. Author"},
  {Title:strings.Repeat("W",300),Author:strings.Repeat("M ",120)},
  {Title:"Growing Tomatoes: A Workbook",Author:"J. Doe",Kind:"nonfiction",Subtitle:"Eight weeks to your first harvest"},
 }{ d,_:=bind(t,book.Manuscript{Meta:m,Chapters:[]book.Text{{Title:"x"}}},press.Options{}); os.WriteFile(fmt.Sprintf("/tmp/shots/c%d.svg",i),[]byte(unpack(t,d)["cover.svg"]),0o600)}
}
