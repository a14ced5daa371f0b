"""Attendance reports as Teams and Zoom give them, of the bridge council's afternoon from 13 to 15; all invented."""

from __future__ import annotations

TEAMS_EN = """1. Summary
Meeting title\tSiltojen iltapäivä
Attended participants\t4
Start time\t9/10/26, 12:55:01 PM
End time\t9/10/26, 3:02:11 PM
Meeting duration\t2h 7m 10s
Average attendance time\t1h 20m 3s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Otso Orava\t9/10/26, 12:58:03 PM\t9/10/26, 3:01:00 PM\t2h 2m 57s\totso.orava@rm.example\totso.orava@rm.example\tHost
Puro, Pilvi (TKV)\t9/10/26, 1:20:30 PM\t9/10/26, 3:00:10 PM\t1h 39m 40s\tPilvi.Puro@tkv.example\tpp@tkv.example\tGuest
Rauha R. (Guest)\t9/10/26, 12:59:00 PM\t9/10/26, 2:35:40 PM\t1h 36m 40s\t\t\tAttendee
+358 40 *** **12\t9/10/26, 1:00:00 PM\t9/10/26, 3:00:00 PM\t2h\t\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Otso Orava\t9/10/26, 12:58:03 PM\t9/10/26, 3:01:00 PM\t2h 2m 57s\totso.orava@rm.example\tPresenter
"""

TEAMS_FI = """1. Yhteenveto
Kokouksen otsikko\tSiltojen iltapäivä
Aloitusaika\t10.9.2026 klo 12.55.01

2. Osallistujat
Nimi\tEnsimmäinen liittyminen\tViimeinen poistuminen\tKokouksen kesto\tSähköposti\tOsallistujan tunnus (UPN)\tRooli
Orava Otso\t10.9.2026 klo 12.58.03\t10.9.2026 klo 15.01.00\t2 t 2 min 57 s\totso.orava@rm.example\t\tEsittäjä
Ville Vaara (Vieras)\t10.9.2026 klo 13.00.00\t10.9.2026 klo 13.45.00\t45 min\t\t\tOsallistuja

3. Kokouksen aikaiset toiminnot
Nimi\tLiittymisaika\tPoistumisaika\tKesto
Orava Otso\t10.9.2026 klo 12.58.03\t10.9.2026 klo 15.01.00\t2 t 2 min 57 s
"""

TEAMS_SV = """1. Sammanfattning
Mötesrubrik\tBroarnas eftermiddag

2. Deltagare
Namn\tFörsta anslutning\tSenast lämnat\tMötets längd\tE-post\tDeltagar-ID (UPN)\tRoll
Gunilla Grön\t2026-09-10 12:58:03\t2026-09-10 15:01:00\t2 tim 2 min 57 s\tgunilla@rm.example\t\tPresentatör
Sven Sund (Gäst)\t2026-09-10 13:10:00\t2026-09-10 14:10:00\t1 tim\t\t\tDeltagare
"""

TEAMS_FLAT = """Full Name\tUser Action\tTimestamp
Otso Orava\tJoined\t9/10/2026, 12:58:03 PM
Pilvi Puro\tJoined before\t9/10/2026, 12:59:00 PM
Otso Orava\tLeft\t9/10/2026, 1:30:03 PM
Otso Orava\tJoined\t9/10/2026, 1:40:03 PM
Otso Orava\tLeft\t9/10/2026, 3:00:03 PM
Pilvi Puro\tLeft\t9/10/2026, 2:59:00 PM
Kaino Kivi\tJoined\t9/10/2026, 1:00:00 PM
"""

TEAMS_FLAT_FI = """Koko nimi\tKäyttäjän toiminto\tAikaleima
Otso Orava\tLiittyi\t10.9.2026 12.58.03
Otso Orava\tPoistui\t10.9.2026 14.58.03
"""

ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
123 4567 8901,Siltojen iltapäivä,09/10/2026 12:50:00 PM,09/10/2026 03:05:00 PM,helmi@koolle.example,135,5

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room
Otso Orava,otso.orava@rm.example,09/10/2026 12:58:00 PM,09/10/2026 01:58:00 PM,60,No,No
Otso Orava,otso.orava@rm.example,09/10/2026 01:50:00 PM,09/10/2026 03:00:00 PM,70,No,No
iPad (Pilvi Puro),,09/10/2026 01:00:00 PM,09/10/2026 03:00:00 PM,120,Yes,No
Ville Vaara,,09/10/2026 12:59:00 PM,09/10/2026 01:00:00 PM,1,Yes,Yes
Otter.ai Notetaker,,09/10/2026 01:00:00 PM,09/10/2026 03:00:00 PM,120,Yes,No
"""

ZOOM_UNIQUE = """Name (original name),Email,Total duration (minutes),Guest
Otso Orava,otso.orava@rm.example,122,No
"Puro, Pilvi",,45,Yes
"""
