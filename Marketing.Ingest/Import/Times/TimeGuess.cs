using System.Globalization;

namespace Marketing.Ingest.Import.Times;

/// <summary>The time format that the first values of a file suggest.</summary>
/// <param name="Format">The most frequent format; null when it is unknown or ambiguous.</param>
/// <param name="Question">Why only the user can decide; null when the format is clear.</param>
/// <param name="Example">A sample value to show.</param>
/// <param name="LacksOffset">Whether some values have no offset.</param>
internal sealed record TimeGuess(TimeFormat? Format, string? Question, string Example, bool LacksOffset)
{
    private static readonly string[] Clocks = ["", " H:mm", " H:mm:ss", " H:mm:ss.FFFFFFF", " h:mm tt", " h:mm:ss tt", "'T'H:mm:ss", ", H:mm", ", H:mm:ss"];
    private static readonly EpochTimeFormat[] Units =
        [EpochTimeFormat.Seconds, EpochTimeFormat.Milliseconds, EpochTimeFormat.Microseconds, EpochTimeFormat.Nanoseconds];

    /// <summary>Guesses the format from trimmed values.</summary>
    public static TimeGuess From(IReadOnlyList<string> values)
    {
        var example = values.Count > 0 ? values[0] : string.Empty;
        if (MixedUnits(values) is { } units)
        {
            return new TimeGuess(null, units, example, LacksOffset: false);
        }

        var best = (Format: (TimeFormat?)null, Fits: new HashSet<string>());
        string? question = null;
        foreach (var format in Candidates())
        {
            var fits = values.Where(value => Fits(format, value)).ToHashSet(StringComparer.Ordinal);
            if (fits.Count == 0)
            {
                continue;
            }

            if (best.Format is DayOrMonthFirst first && format is DayOrMonthFirst second && first.Separator == second.Separator)
            {
                question = Doubt(best.Fits, fits, first, second);
                best = fits.Count > best.Fits.Count ? (format, fits) : best;
            }
            else if (fits.Count > best.Fits.Count)
            {
                (best, question) = ((format, fits), null);
            }
        }

        example = values.FirstOrDefault(best.Fits.Contains) ?? example;
        var lacksOffset = best.Format is { } found && best.Fits.Any(value => found.TryRead(value, out var time) && time.Offset is null);
        return question is not null
            ? new TimeGuess(null, question, example, lacksOffset)
            : new TimeGuess(best.Format is DayOrMonthFirst or Named ? Narrow(best.Format, example) : best.Format, null, example, lacksOffset);
    }

    private static IEnumerable<TimeFormat> Candidates()
    {
        yield return IsoTimeFormat.Instance;
        yield return new PatternTimeFormat("yyyyMMddHHmmss", "yyyyMMddHHmmss");
        yield return new PatternTimeFormat("yyyyMMdd", "yyyyMMdd");
        foreach (var unit in Units)
        {
            yield return unit;
        }

        yield return new Named("yyyy/M/d");
        yield return new Named("d.M.yyyy");
        foreach (var separator in "/-")
        {
            yield return new DayOrMonthFirst($"d{separator}M{separator}yyyy", separator);
            yield return new DayOrMonthFirst($"M{separator}d{separator}yyyy", separator);
        }

        yield return new PatternTimeFormat("ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, dd MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy H:mm:ss 'GMT'");
        yield return new Named("d MMM yyyy");
        yield return new Named("d-MMM-yyyy");
        yield return new Named("MMM d, yyyy");
        yield return new Named("MMM d yyyy");
    }

    private static bool Fits(TimeFormat format, string value) => format is EpochTimeFormat unit
        ? EpochTimeFormat.Guess(value) == unit
        : format.TryRead(value, out var time) && time.Clock.Year is >= 1970 and < 2100;

    private static string? Doubt(HashSet<string> one, HashSet<string> other, DayOrMonthFirst first, DayOrMonthFirst second)
    {
        var onlyOne = one.FirstOrDefault(value => !other.Contains(value));
        var onlyOther = other.FirstOrDefault(value => !one.Contains(value));
        return (onlyOne, onlyOther) switch
        {
            (null, null) => $"times such as {one.First()} do not show whether the day or the month comes first. Specify it with "
                + $"--time-format '{PatternOf(first, one.First())}' or --time-format '{PatternOf(second, one.First())}'.",
            (not null, not null) => $"in {onlyOne} the day comes first, and in {onlyOther} the month. Choose one, such as --time-format '{PatternOf(first, onlyOne)}'; "
                + "lines written the other way are then rejected.",
            _ => null,
        };
    }

    private static string? MixedUnits(IReadOnlyList<string> values)
    {
        var found = Units.Select(unit => values.FirstOrDefault(value => EpochTimeFormat.Guess(value) == unit
            && !Candidates().OfType<PatternTimeFormat>().Any(pattern => Fits(pattern, value)))).ToList();
        return found.Count(static value => value is not null) <= 1 ? null : string.Create(CultureInfo.InvariantCulture,
            $"numbers such as {string.Join(" and ", found.Where(static value => value is not null))} are in different units. Choose one, such as --time-format epoch-ms; lines in another unit are then rejected.");
    }

    /// <summary>Puts the pattern that matches the example first and names the format after it.</summary>
    private static PatternTimeFormat Narrow(TimeFormat format, string example)
    {
        var pattern = PatternOf(format, example);
        return new PatternTimeFormat(pattern, [pattern, .. PatternsOf(format.Name).Where(other => other != pattern)]);
    }

    private static string PatternOf(TimeFormat format, string example) =>
        Array.Find(PatternsOf(format.Name), pattern => new PatternTimeFormat(pattern, pattern).TryRead(example, out _)) ?? format.Name;

    private static string[] PatternsOf(string date) => [.. Clocks.Select(clock => date + clock)];

    /// <summary>An unambiguous date, with or without a time.</summary>
    private sealed class Named(string date) : PatternTimeFormatOf(date);

    /// <summary>A date whose first two numbers may be day and month in either order.</summary>
    private sealed class DayOrMonthFirst(string date, char separator) : PatternTimeFormatOf(date)
    {
        public char Separator => separator;
    }

    private abstract class PatternTimeFormatOf(string date) : TimeFormat(date)
    {
        private readonly PatternTimeFormat _patterns = new(date, PatternsOf(date));

        public override bool TryRead(ReadOnlySpan<char> value, out WrittenTime time) => _patterns.TryRead(value, out time);
    }
}
