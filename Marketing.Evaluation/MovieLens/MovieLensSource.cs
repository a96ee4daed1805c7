using System.Globalization;
using Marketing.Domain;
using Marketing.Evaluation.Data;
using Marketing.Evaluation.Experiments;
using Marketing.Evaluation.Metrics;

namespace Marketing.Evaluation.MovieLens;

/// <summary>
/// MovieLens 100K (Harper and Konstan, 2015) as implicit feedback, as in the comparison of Microsoft Recommenders: every rating, good or
/// bad, is a conversion; three quarters of each user's ratings are for training, and the rest must be predicted.
/// </summary>
/// <remarks>Nobody chats, so this measures behavior alone.</remarks>
internal sealed class MovieLensSource : IExperimentSource
{
    private const int Top = 10;
    private const double TrainingShare = 0.75;

    private static readonly int[] Seeds = [1, 2, 3];

    public string Name => "movielens";

    public IEnumerable<Experiment> Load(DataFolder data, string? split)
    {
        Rating[] ratings = [.. MovieLensFiles.ReadRatings(data.Require("u.data")).DistinctBy(rating => (rating.User, rating.Item))];
        var known = (data.Find("u.item") is { } items ? MovieLensFiles.ReadItems(items) : []).ToDictionary(item => item.Id);
        Campaign[] campaigns =
        [
            .. ratings.Select(rating => new CampaignId(rating.Item)).Distinct()
                .Select(id => known.GetValueOrDefault(id) ?? new Campaign(id, id.Value, string.Empty)),
        ];
        if (split is null)
        {
            return Seeds.Select(seed => ExperimentOf(campaigns, UserSplit.Of(ratings, TrainingShare, seed)));
        }

        // With a split such as u1.test: test on the named file, and train on u.data without it.
        Rating[] test = [.. MovieLensFiles.ReadRatings(data.Split(split))];
        HashSet<(string, string)> held = [.. test.Select(rating => (rating.User, rating.Item))];
        return [ExperimentOf(campaigns, ([.. ratings.Where(rating => !held.Contains((rating.User, rating.Item)))], [.. test]))];
    }

    private Experiment ExperimentOf(Campaign[] campaigns, (List<Rating> Training, List<Rating> Test) split)
    {
        var now = split.Training.Concat(split.Test).Max(rating => rating.At).AddSeconds(1);
        return new Experiment(
            Name,
            campaigns,
            Profiles: [],
            [.. split.Training.Select(Conversion)],
            [.. split.Test.GroupBy(rating => rating.User).Select(user => QuestionOf(user, now))],
            Top,
            [RankingMetrics.AveragePrecision(Top), RankingMetrics.Ndcg(Top), RankingMetrics.Precision(Top), RankingMetrics.Recall(Top)]);
    }

    private static Question QuestionOf(IGrouping<string, Rating> user, DateTimeOffset now) => new(
        new UserId(user.Key), now, Context: [], user.Select(rating => new CampaignId(rating.Item)).ToHashSet(), ["all"]);

    private static Interaction Conversion(Rating rating) => new(
        new EventId(string.Create(CultureInfo.InvariantCulture, $"{rating.User}-{rating.Item}")),
        new UserId(rating.User),
        InteractionType.Convert,
        new CampaignId(rating.Item),
        Text: null,
        rating.At);
}
