/** The icons this app uses, and no others. */

export {
  Check, CircleAlert, Ellipsis, Eye, EyeOff, Info, LogOut, Mic, MicOff, MonitorUp, MonitorX, NotebookPen, Settings, Users, Video,
  VideoOff, Volume2, Wifi, WifiOff, X,
} from "lucide-preact";
