using Microsoft.Extensions.Options;

namespace Marketing.Api.Hosting;

/// <summary>What a compressed body may expand to. Bound from the section <see cref="Section"/>.</summary>
internal sealed record RequestBodyOptions
{
    /// <summary>Where in the configuration.</summary>
    public const string Section = "RequestBodies";

    /// <summary>Most bytes that one compressed body may expand to; the limits of an uncompressed body hold besides.</summary>
    public long MaxExpandedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Most bytes that one compressed byte may expand to on average, once a body has expanded to 8 MiB.</summary>
    public int MaxExpansionRatio { get; init; } = 100;
}

/// <summary>Stops the process at start with a sentence that names the wrong setting.</summary>
internal sealed class RequestBodyOptionsValidator : IValidateOptions<RequestBodyOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestBodyOptions options) =>
        options.MaxExpandedBytes < 1024
            ? ValidateOptionsResult.Fail("RequestBodies:MaxExpandedBytes must be at least 1024.")
            : options.MaxExpansionRatio is < 10 or > 100_000
                ? ValidateOptionsResult.Fail("RequestBodies:MaxExpansionRatio must be from 10 to 100000.")
                : ValidateOptionsResult.Success;
}
