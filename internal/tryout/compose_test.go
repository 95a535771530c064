package tryout_test

import "testing"

// Enter that is hit twice sends what is written once, and the answer to it fits
// the window, however long the words are that it quotes.
func TestWritingOnANarrowPage(t *testing.T) {
	b := browse(t, 390, "light")
	b.openChat("Văn phòng Sở")
	b.eval(`{
		const text = document.querySelector("#text");
		text.value = "/danglam 26 " + "đã gửi dự thảo lấy ý kiến các đơn vị; ".repeat(8);
		const hit = () => text.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}));
		hit(); hit(); hit();
	}`)
	b.says("Nhiệm vụ 26: đang thực hiện")
	b.sees("an empty field", `document.querySelector("#text").value === ""`)
	b.write("/danglam 15")
	b.says("Nhiệm vụ 15: đang thực hiện")
	if !b.is(`[...document.querySelectorAll(".message.own .text")]
		.filter((e) => e.textContent.includes("/danglam 26")).length === 1`) {
		t.Error("what was written once was sent again")
	}
	if b.is(`[...document.querySelectorAll(".bubble")].some((e) =>
		e.getBoundingClientRect().right > document.querySelector("#log").getBoundingClientRect().right)`) {
		t.Error("a message is wider than the window")
	}
}

// On the smallest phones the date on top stands on two lines.
func TestTheClockFitsASmallPhone(t *testing.T) {
	b := browse(t, 320, "light")
	if b.is(`document.querySelector("#clock").scrollWidth > document.querySelector("#clock").clientWidth ||
		document.querySelector("#now").getBoundingClientRect().right >
			document.querySelector("#clock").getBoundingClientRect().right`) {
		t.Error("the date is cut off")
	}
	b.fits()
}
