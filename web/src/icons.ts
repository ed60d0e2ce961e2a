/** The icons this app uses, and no others. */

export {
  ArrowDown, ArrowUp, ArrowUpDown, BookOpen, Building2, CalendarDays, Check, ChevronDown, ChevronLeft, ChevronRight, CircleAlert,
  Ellipsis, Eye, EyeOff, IdCard, Inbox, Info, KeyRound, LogOut, Menu, Mic, MicOff, MonitorUp, MonitorX, NotebookPen, Settings, Users, Video, VideoOff, Volume2, Wifi, WifiOff, X,
} from "lucide-preact";
