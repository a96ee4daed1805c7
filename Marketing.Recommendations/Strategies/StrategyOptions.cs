using Microsoft.Extensions.Options;

namespace Marketing.Recommendations.Strategies;

/// <summary>Which strategy answers when a request names none.</summary>
internal sealed record StrategyOptions
{
    public const string Section = "Recommender";

    /// <summary>The name of a strategy.</summary>
    public string DefaultStrategy { get; init; } = "hybrid";
}

/// <summary>Refuses, at start, a default that is not the name of a strategy.</summary>
internal sealed class StrategyOptionsValidator(IEnumerable<IRecommendationStrategy> strategies) : IValidateOptions<StrategyOptions>
{
    public ValidateOptionsResult Validate(string? name, StrategyOptions options)
    {
        var names = strategies.Select(strategy => strategy.Name).ToList();
        return names.Contains(options.DefaultStrategy, StringComparer.Ordinal)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{StrategyOptions.Section}:{nameof(StrategyOptions.DefaultStrategy)} is '{options.DefaultStrategy}'; it must be one of {string.Join(", ", names)}.");
    }
}
