using Marketing.Recommender.Model;

namespace Marketing.Ingest.Import;

/// <summary>Consecutive records of a file, ready to be appended.</summary>
/// <param name="Interactions">The valid ones.</param>
/// <param name="Rejects">The others.</param>
/// <param name="LastLine">The line on which the last of them begins.</param>
internal sealed record ImportBatch(IReadOnlyList<Interaction> Interactions, IReadOnlyList<Reject> Rejects, long LastLine);
