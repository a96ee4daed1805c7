using Marketing.Evaluation.CompleteJourney;
using Marketing.Evaluation.Intents;
using Marketing.Evaluation.LogReplay;
using Marketing.Evaluation.MovieLens;
using Marketing.Evaluation.OpenBandit;
using Marketing.Evaluation.OpenDialKg;
using Marketing.Evaluation.Running;

namespace Marketing.Evaluation;

/// <summary>The available evaluations.</summary>
/// <remarks>A new data set is one folder and one line here.</remarks>
internal static class Evaluations
{
    private static readonly string[] Strategies = ["hybrid", "classic"];

    public static IReadOnlyList<IEvaluation> All { get; } =
    [
        new RecommendationEvaluation(new OpenDialKgSource(), Strategies),
        new RecommendationEvaluation(new CompleteJourneySource(), Strategies),
        new RecommendationEvaluation(new MovieLensSource(), Strategies),
        new IntentEvaluation(),
        new OpenBanditEvaluation(),
        new RecommendationEvaluation(new LogReplaySource(), Strategies),
    ];
}
