package graph

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// maxDateFormat is the most bytes of a `date_format`.
const maxDateFormat = 100

// timeIn writes a time as `date_format` asks: U alone as a number, else by PHP's letters; "" is the platform's usual form.
func timeIn(format string, at time.Time) any {
	switch format {
	case "":
		return at.Format(timeLayout)
	case "U":
		return at.Unix()
	}
	var out strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] == '\\' && i+1 < len(format) {
			i++
			out.WriteByte(format[i])
			continue
		}
		out.WriteString(dateLetter(format[i], at))
	}
	return out.String()
}

// dateLetter is what one letter of PHP's date() stands for; what is no such letter stands for itself.
func dateLetter(letter byte, at time.Time) string {
	layouts := map[byte]string{
		'd': "02", 'D': "Mon", 'j': "2", 'l': "Monday", 'm': "01", 'M': "Jan", 'n': "1", 'F': "January", 'Y': "2006", 'y': "06",
		'a': "pm", 'A': "PM", 'g': "3", 'h': "03", 'H': "15", 'i': "04", 's': "05", 'e': "MST", 'T': "MST", 'O': "-0700", 'P': "-07:00",
		'c': "2006-01-02T15:04:05-07:00", 'r': "Mon, 02 Jan 2006 15:04:05 -0700", 'u': ".000000", 'v': ".000",
	}
	if layout, ok := layouts[letter]; ok {
		return strings.TrimPrefix(at.Format(layout), ".")
	}
	year, week := at.ISOWeek()
	_, offset := at.Zone()
	numbers := map[byte]int{
		'G': at.Hour(), 'N': (int(at.Weekday())+6)%7 + 1, 'w': int(at.Weekday()), 'z': at.YearDay() - 1, 'o': year, 'Z': offset, 'U': int(at.Unix()),
		't': time.Date(at.Year(), at.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day(),
		'L': time.Date(at.Year(), time.December, 31, 0, 0, 0, 0, time.UTC).YearDay() - 365,
	}
	if n, ok := numbers[letter]; ok {
		return strconv.Itoa(n)
	}
	switch letter {
	case 'W':
		return fmt.Sprintf("%02d", week)
	case 'S':
		return ordinal(at.Day())
	}
	return string(rune(letter))
}

// ordinal is the English ending of a day's number.
func ordinal(day int) string {
	if day/10 != 1 {
		switch day % 10 {
		case 1:
			return "st"
		case 2:
			return "nd"
		case 3:
			return "rd"
		}
	}
	return "th"
}
