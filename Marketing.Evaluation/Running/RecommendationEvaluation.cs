using Marketing.Domain;
using Marketing.Evaluation.Baselines;
using Marketing.Evaluation.Commands;
using Marketing.Evaluation.Data;
using Marketing.Evaluation.Experiments;
using Marketing.Evaluation.Metrics;
using Marketing.Evaluation.Reporting;

namespace Marketing.Evaluation.Running;

/// <summary>
/// Measures strategies on a data set: trains, then asks each question, with the user's context ingested before and erased after.
/// </summary>
internal sealed class RecommendationEvaluation(IExperimentSource source, IReadOnlyList<string> strategies) : IEvaluation
{
    private const string Popular = "popular";
    private const string Random = "random";

    public string Name => source.Name;

    public IReadOnlyList<string> Strategies => [.. strategies, Random, Popular];

    public async Task<IReadOnlyList<EvaluationRow>> RunAsync(
        DataFolder data, EvaluationSettings settings, IReadOnlyList<string> strategies, CancellationToken cancellationToken)
    {
        var sheet = new ScoreSheet(Name);
        foreach (var experiment in source.Load(data, settings.Split))
        {
            if (experiment.Questions.Count == 0)
            {
                throw new EvaluationException("There is nothing to measure: no user in the test part responded to a campaign.");
            }

            await RunAsync(experiment, strategies, sheet, cancellationToken);
        }

        return sheet.Rows();
    }

    private static async Task RunAsync(
        Experiment experiment, IReadOnlyList<string> strategies, ScoreSheet sheet, CancellationToken cancellationToken)
    {
        await using var system = new EmbeddedSystem();
        IReadOnlyList<IRanker> rankers = [.. strategies.Select(name => RankerOf(name, experiment, system))];
        if (rankers.Any(ranker => ranker is StrategyRanker))
        {
            await system.LearnAsync(experiment, cancellationToken);
        }

        var known = experiment.Training.Select(one => one.UserId).ToHashSet();
        var rankings = new Dictionary<IRanker, IReadOnlyList<CampaignId>>();
        foreach (var question in experiment.Questions)
        {
            await AskAsync(question, known.Contains(question.UserId));
            foreach (var subset in question.Subsets)
            {
                foreach (var ranker in rankers)
                {
                    sheet.Add(subset, ranker.Name, experiment.Metrics.Select(metric =>
                        (metric.Name, metric.Of(rankings[ranker], question.Relevant))));
                }
            }
        }

        async Task AskAsync(Question question, bool userIsKnown)
        {
            system.Clock.Now = question.At;
            var takeIn = question.Context.Count > 0 && rankers.Any(ranker => ranker is StrategyRanker);
            if (takeIn)
            {
                await system.TakeInAsync(question.Context, cancellationToken);
            }

            foreach (var ranker in rankers)
            {
                rankings[ranker] = await ranker.RankAsync(question, experiment.Limit, cancellationToken);
            }

            // Keep users of the training log: their context is later than everything that the models learned from.
            if (takeIn && !userIsKnown)
            {
                await system.ForgetAsync(question.UserId, cancellationToken);
            }
        }
    }

    private static IRanker RankerOf(string name, Experiment experiment, EmbeddedSystem system) => name switch
    {
        Random => new RandomRanker(experiment),
        Popular => new PopularRanker(experiment),
        _ => new StrategyRanker(system.Strategies.Single(strategy => strategy.Name == name)),
    };
}
