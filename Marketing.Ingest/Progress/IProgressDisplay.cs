using Marketing.Ingest.Import;

namespace Marketing.Ingest.Progress;

/// <summary>Shows somebody who waits how far it is.</summary>
internal interface IProgressDisplay
{
    /// <summary>Begins a piece of work.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="length">How much there is, in any unit; null when nobody knows.</param>
    /// <param name="doneBefore">Records that an earlier run has done.</param>
    void Start(string name, long? length, long doneBefore);

    /// <summary>Says how much of the length and how many records are done.</summary>
    void Report(long position, ImportTotals totals);

    /// <summary>Ends the piece of work, done or not.</summary>
    ValueTask StopAsync();
}
