namespace Marketing.Ingest.Import.Times;

/// <summary>The user's options for times.</summary>
/// <param name="Format">The format; null to detect it from the first lines of each file.</param>
/// <param name="Zone">The time zone for times without an offset.</param>
internal sealed record TimeOptions(TimeFormat? Format, TimeZoneRule Zone)
{
    /// <summary>Chooses the reader for a file's times from its first values, and notes for the user.</summary>
    /// <exception cref="InvalidDataException">The first values are ambiguous, and only the user can decide.</exception>
    public (TimeReader Reader, IReadOnlyList<string> Notes) Choose(IReadOnlyList<string> first)
    {
        if (Format is not null)
        {
            var lacksOffset = first.Any(value => Format.TryRead(value, out var time) && time.Offset is null);
            return (new TimeReader(Format, Zone, isGuessed: false), lacksOffset ? ZoneNotes() : []);
        }

        var guess = TimeGuess.From(first);
        if (guess.Question is not null)
        {
            throw new InvalidDataException(guess.Question);
        }

        List<string> notes = [];
        if (guess.Format is not null and not IsoTimeFormat)
        {
            notes.Add($"occurredAt is read in the format {guess.Format.Name}, as in {guess.Example}; --time-format overrides this");
        }

        notes.AddRange(guess.LacksOffset ? ZoneNotes() : []);
        return (new TimeReader(guess.Format, Zone, isGuessed: true), notes);
    }

    private string[] ZoneNotes() => Zone.IsGiven ? [] : ["times without an offset are read as UTC; --time-zone overrides this"];
}
