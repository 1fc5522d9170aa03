package ds

import "samband/static"

// IconName is the name of an icon in the sprite (static/vendor/icons). An icon is decoration: the word beside it is
// what is read aloud.
type IconName string

const (
	// states
	IconOK        IconName = "CheckmarkCircle"         // succeeded, in operation
	IconHeld      IconName = "PauseFill"               // waits for a person, paused
	IconFailed    IconName = "XMarkOctagon"            // failed, rejected
	IconWarning   IconName = "ExclamationmarkTriangle" // outside a limit, soon too late
	IconInfo      IconName = "InformationSquare"
	IconWaiting   IconName = "Hourglass"     // being assessed, submitted, in queue
	IconCandidate IconName = "CircleBroken"  // proposed, not decided
	IconApproved  IconName = "FileCheckmark" // approved, not in operation
	IconPhasing   IconName = "ClockDashed"   // being phased out, not started, known from before
	IconRunning   IconName = "ArrowsCirclepath"
	IconSkipped   IconName = "CircleSlash" // skipped, missed, cancelled
	IconBlocked   IconName = "MinusCircle" // refused, blocked, removed
	IconNew       IconName = "PlusCircle"  // new, added
	IconReceipt   IconName = "Receipt"     // delivered with receipts
	IconDraft     IconName = "PencilLine"  // draft, changed

	// actions
	IconSearch   IconName = "MagnifyingGlass"
	IconFilter   IconName = "Funnel"
	IconRun      IconName = "PlayFill"
	IconPause    IconName = "PauseFill"
	IconRetry    IconName = "ArrowsCirclepath"
	IconUndo     IconName = "ArrowUndo"
	IconEdit     IconName = "PencilLine"
	IconAdd      IconName = "PlusCircle"
	IconDelete   IconName = "Trash"
	IconDownload IconName = "Download"
	IconUpload   IconName = "Upload"
	IconPrint    IconName = "PrinterSmall"
	IconLogin    IconName = "Enter"
	IconLogout   IconName = "Leave"
	IconClose    IconName = "XMark"
	IconCheck    IconName = "Checkmark"
	IconExternal IconName = "ExternalLink"
	IconLink     IconName = "Link"

	// things
	IconInbox    IconName = "Inbox" // quarantine
	IconFile     IconName = "FileText"
	IconCalendar IconName = "Calendar"
	IconDatabase IconName = "Database"
	IconLock     IconName = "ShieldLock"
	IconShield   IconName = "ShieldCheckmark"
	IconKey      IconName = "KeyVertical"
	IconPerson   IconName = "PersonCircle"
	IconPeople   IconName = "PersonGroup"
	IconClinic   IconName = "Stethoscope"
	IconSettings IconName = "Cog"
	IconTools    IconName = "Wrench"
	IconEye      IconName = "Eye"
	IconIdea     IconName = "LightBulb"
	IconBell     IconName = "Bell"
	IconBook     IconName = "Book"
	IconHospital IconName = "Buildings3"
	IconQuestion IconName = "QuestionmarkCircle"
	IconMenu     IconName = "MenuHamburger"
	IconMoon     IconName = "Moon"
	IconSun      IconName = "Sun"
	IconScreen   IconName = "Monitor"
	IconLanguage IconName = "Language"
	IconDown     IconName = "ChevronDown"
	IconNext     IconName = "ChevronRight"
	IconPrevious IconName = "ChevronLeft"
	IconArrow    IconName = "ArrowRight"
)

// Href gives the address of the icon in the sprite, for drawings that place it themselves.
func (n IconName) Href() string { return static.URL("icons.svg") + "#" + string(n) }
