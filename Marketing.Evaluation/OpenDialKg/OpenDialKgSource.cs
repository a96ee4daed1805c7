using System.Globalization;
using Marketing.Domain;
using Marketing.Evaluation.Data;
using Marketing.Evaluation.Experiments;
using Marketing.Evaluation.Metrics;

namespace Marketing.Evaluation.OpenDialKg;

/// <summary>
/// OpenDialKG (Moon et al., 2019) in the split of iEvaLM-CRS (Wang et al., 2023): predicts the movie or book that is recommended next in
/// a dialogue.
/// </summary>
/// <remarks>
/// Each turn is a separate user who says the context, one chat per utterance; in the training part, the user then converts on the
/// recommended items. The items are the catalog. A turn that recommends several items is one question for each, as in the published
/// evaluation; N counts these. The subset <c>new</c> leaves out leaked answers: turns of dialogues that also occur in the training part,
/// and items that the context already mentions.
/// </remarks>
internal sealed class OpenDialKgSource : IExperimentSource
{
    private const int Limit = 50;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public string Name => "opendialkg";

    public IEnumerable<Experiment> Load(DataFolder data, string? split)
    {
        var test = split is null ? data.Require("valid.jsonl") : data.Split(split);
        OpenDialKgTurn[] training = [.. JsonFile.ReadLines(data.Require("train.jsonl"), OpenDialKgJson.Default.OpenDialKgTurn)];
        OpenDialKgTurn[] asked = [.. JsonFile.ReadLines(test, OpenDialKgJson.Default.OpenDialKgTurn)];
        var (campaigns, ids) = ReadItems(data);
        HashSet<int> trained = [.. training.Select(turn => turn.DialogId)];

        yield return new Experiment(
            Name,
            campaigns,
            Profiles: [],
            [.. training.Index().SelectMany(turn => Story(turn.Index, turn.Item, ids))],
            [.. asked.Index().SelectMany(turn => Questions(turn.Index, turn.Item, ids, trained))],
            Limit,
            [RankingMetrics.Recall(1), RankingMetrics.Recall(10), RankingMetrics.Recall(50), RankingMetrics.ReciprocalRank]);
    }

    private static (Campaign[] Campaigns, Dictionary<string, CampaignId> Ids) ReadItems(DataFolder data)
    {
        var known = JsonFile.Read(data.Require("id2info.json"), OpenDialKgJson.Default.DictionaryStringOpenDialKgItem);
        var entities = JsonFile.Read(data.Require("entity2id.json"), OpenDialKgJson.Default.DictionaryStringInt32);
        var items = JsonFile.Read(data.Require("item_ids.json"), OpenDialKgJson.Default.Int32Array).ToHashSet();

        // The two files use different ids, so join them by name.
        var facts = known.Values.DistinctBy(item => item.Name).ToDictionary(item => item.Name);
        var ids = entities
            .Where(entity => items.Contains(entity.Value))
            .ToDictionary(entity => entity.Key, entity => IdOf(entity.Value));
        Campaign[] campaigns =
        [
            .. ids.Select(item => new Campaign(item.Value, item.Key, facts.TryGetValue(item.Key, out var fact) ? fact.Text : string.Empty)),
        ];
        return (campaigns, ids);
    }

    private static IEnumerable<Interaction> Story(int line, OpenDialKgTurn turn, Dictionary<string, CampaignId> ids)
    {
        var user = UserOf("train", line);
        var said = Said(user, turn);
        var converted = turn.Rec
            .Where(ids.ContainsKey)
            .Distinct()
            .Select((item, place) => new Interaction(
                new EventId($"{user}-rec-{place}"), user, InteractionType.Convert, ids[item], Text: null, Start.AddMinutes(1)));
        return [.. said, .. converted];
    }

    private static IEnumerable<Question> Questions(
        int line, OpenDialKgTurn turn, Dictionary<string, CampaignId> ids, HashSet<int> trained)
    {
        var user = UserOf("test", line);
        var said = Said(user, turn);
        foreach (var item in turn.Rec)
        {
            // An item that is not a candidate cannot be found and counts as missed, as in the published results.
            var id = ids.TryGetValue(item, out var known) ? known : new CampaignId($"unknown {item}");
            var isNew = !trained.Contains(turn.DialogId) && !turn.Mentions(item);
            yield return new Question(
                user, Start.AddMinutes(2), said, new HashSet<CampaignId> { id }, isNew ? ["all", "new"] : ["all"]);
        }
    }

    private static IReadOnlyList<Interaction> Said(UserId user, OpenDialKgTurn turn) =>
    [
        .. turn.Context.Index()
            .Where(said => !string.IsNullOrWhiteSpace(said.Item))
            .Select(said => new Interaction(
                new EventId($"{user}-said-{said.Index}"),
                user,
                InteractionType.Chat,
                CampaignId: null,
                said.Item,
                Start.AddSeconds(said.Index))),
    ];

    private static CampaignId IdOf(int entity) => new(entity.ToString(CultureInfo.InvariantCulture));

    private static UserId UserOf(string part, int line) => new(string.Create(CultureInfo.InvariantCulture, $"{part}-{line}"));
}
