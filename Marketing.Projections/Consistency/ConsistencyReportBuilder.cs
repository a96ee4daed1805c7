using System.Globalization;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Projections.Consistency;

/// <summary>Accumulates the results of a check.</summary>
internal sealed class ConsistencyReportBuilder
{
    /// <summary>Examples reported per kind of difference.</summary>
    private const int SamplesOfKind = 3;

    private readonly long[] _counts = new long[Enum.GetValues<DifferenceKind>().Length];
    private readonly List<string> _samples = [];

    public long this[DifferenceKind kind] => _counts[(int)kind];

    public long Undecided { get; set; }

    public long Repaired { get; set; }

    public void Add(DifferenceKind kind, string key)
    {
        if (_counts[(int)kind]++ < SamplesOfKind)
        {
            _samples.Add($"{char.ToLowerInvariant($"{kind}"[0])}{$"{kind}"[1..]}: {key}");
        }
    }

    /// <summary>Adds inconsistencies inside the store, which the store repairs itself.</summary>
    public void AddDerived(long count, bool repaired)
    {
        _counts[(int)DifferenceKind.Derived] += count;
        Repaired += repaired ? count : 0;
    }

    public ConsistencyReport ToReport(
        string projection, long expected, long actual, long pending, long sampled, double detects = 0) => new(
        projection, expected, actual, pending,
        this[DifferenceKind.Missing], this[DifferenceKind.Orphaned], this[DifferenceKind.Different], this[DifferenceKind.Derived],
        Undecided, sampled, detects, Repaired, _samples);

    /// <summary>Describes a user without identifying them.</summary>
    public static string Describe(UserId userId) =>
        string.Create(CultureInfo.InvariantCulture, $"user #{StoredFact.KeyOf(userId) >> 32:x8}");
}

/// <summary>How an entry differs from the log.</summary>
internal enum DifferenceKind
{
    Missing,
    Orphaned,
    Different,
    Derived,
}
