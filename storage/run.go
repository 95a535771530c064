package storage

// What is remembered of the runs of the program on this file.
const (
	runKey    = "run.open"   // there while a program works on the file
	damageKey = "run.damage" // what the last check found wrong with it
)

// BeginRun records that a program works on the file from now on, and reports
// whether the one before it was cut off: killed, or by a loss of power.
func (tx *Tx) BeginRun() (cutOff bool, err error) {
	open, err := tx.Setting(runKey)
	if err != nil {
		return false, err
	}
	return open != "", tx.SetSetting(runKey, "1")
}

// EndRun records that the program has come to its end.
func (tx *Tx) EndRun() error { return tx.SetSetting(runKey, "") }

// Damage returns what the last check of the file found wrong with it, "" if
// nothing.
func (tx *Tx) Damage() (string, error) { return tx.Setting(damageKey) }

// SetDamage records what a check of the file found, "" for nothing.
func (tx *Tx) SetDamage(found string) error { return tx.SetSetting(damageKey, found) }
