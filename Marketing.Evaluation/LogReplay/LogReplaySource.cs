using System.Text;
using Marketing.Domain;
using Marketing.Evaluation.Data;
using Marketing.Evaluation.Experiments;
using Marketing.Evaluation.Metrics;
using Marketing.Projections.Ingestion;

namespace Marketing.Evaluation.LogReplay;

/// <summary>
/// Replays the product's own log: trains on the first four fifths of the interactions and predicts each user's next campaign.
/// </summary>
/// <remarks>
/// A question is asked at a user's first click or conversion after the split, with the user's earlier interactions as context. The
/// correct answers are the campaigns that the user clicks or converts on from then on and had not converted on before.
/// </remarks>
internal sealed class LogReplaySource : IExperimentSource
{
    private const double TrainingShare = 0.8;
    private const int Limit = 10;

    public string Name => "log";

    public IEnumerable<Experiment> Load(DataFolder data, string? split)
    {
        var test = split is null ? null : data.Split(split);
        IReadOnlyList<string> files = [.. data.Files("*.ndjson").Concat(data.Files("*.ndjson.gz"))];
        var catalog = files.FirstOrDefault(IsCatalog);
        Interaction[] log = [.. Read(files.Where(file => !IsCatalog(file) && file != test))];
        Interaction[] later = test is null ? [] : [.. Read([test])];
        if (log.Length == 0)
        {
            throw new EvaluationException("--data must name a folder with a log of interactions in *.ndjson files.");
        }

        if (test is null)
        {
            var cut = (int)(TrainingShare * log.Length);
            (log, later) = (log[..cut], log[cut..]);
        }

        IReadOnlyList<Campaign> campaigns = catalog is null ? Mentioned(log.Concat(later)) : CampaignFile.Read(catalog);
        var converted = log.Where(IsConversion).Select(one => (one.UserId, one.CampaignId!.Value)).ToHashSet();
        yield return new Experiment(
            Name,
            campaigns,
            Profiles: [],
            log,
            [.. later.GroupBy(one => one.UserId).SelectMany(user => Questions(user, converted))],
            Limit,
            [
                RankingMetrics.HitRate(1), RankingMetrics.HitRate(5), RankingMetrics.Recall(5), RankingMetrics.Recall(10),
                RankingMetrics.Ndcg(10), RankingMetrics.ReciprocalRank,
            ]);
    }

    private static IEnumerable<Question> Questions(IGrouping<UserId, Interaction> user, HashSet<(UserId, CampaignId)> converted)
    {
        Interaction[] all = [.. user];
        var first = Array.FindIndex(all, one => Turned(one) && !converted.Contains((user.Key, one.CampaignId!.Value)));
        if (first >= 0)
        {
            var context = all[..first];
            yield return new Question(
                user.Key,
                all[first].OccurredAt,
                context,
                all[first..]
                    .Where(one => Turned(one) && !converted.Contains((user.Key, one.CampaignId!.Value)))
                    .Select(one => one.CampaignId!.Value)
                    .ToHashSet(),
                ["all", Array.Exists(context, one => one.Type == InteractionType.Chat) ? "chatted" : "silent"]);
        }
    }

    private static bool Turned(Interaction one) => one.Type is InteractionType.Click or InteractionType.Convert;

    private static bool IsConversion(Interaction one) => one.Type == InteractionType.Convert;

    /// <summary>Whether a file is the catalog: <c>campaigns.ndjson</c>, or <c>log.campaigns.ndjson</c> as <c>generate --out</c> names it.</summary>
    private static bool IsCatalog(string path) => Path.GetFileName(path).Split('.') is ["campaigns", ..] or [.., "campaigns", _] or [.., "campaigns", _, "gz"];

    private static Campaign[] Mentioned(IEnumerable<Interaction> log) =>
    [
        .. log.Select(one => one.CampaignId).OfType<CampaignId>().Distinct()
            .Select(id => new Campaign(id, id.Value, string.Empty)),
    ];

    /// <summary>The interactions of all files in time order, without duplicates.</summary>
    private static IEnumerable<Interaction> Read(IEnumerable<string> files) => files
        .SelectMany(ReadFile)
        .DistinctBy(one => one.Id)
        .OrderBy(one => one.OccurredAt)
        .ThenBy(one => one.Id);

    private static IEnumerable<Interaction> ReadFile(string path)
    {
        var interactions = new InteractionReader(new InteractionLimits(), TimeProvider.System);
        using var lines = DataFolder.Open(path);
        for (var number = 1; lines.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            yield return interactions.TryRead(Encoding.UTF8.GetBytes(line), out var interaction, out var error)
                ? interaction
                : throw new EvaluationException($"Line {number} of '{path}' is not an interaction: {error.Message}");
        }
    }
}
