using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Hosting;

/// <summary>What a compressed body may expand to. Bound from the section <see cref="Section"/>.</summary>
internal sealed record RequestBodyOptions
{
    /// <summary>Where in the configuration.</summary>
    public const string Section = "RequestBodies";

    /// <summary>Most bytes that one compressed body may expand to; the limits of an uncompressed body hold besides.</summary>
    [Range(1024, long.MaxValue, ErrorMessage = "RequestBodies:MaxExpandedBytes must be at least 1024.")]
    public long MaxExpandedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Most bytes that one compressed byte may expand to on average, once a body has expanded to 8 MiB.</summary>
    [Range(10, 100_000, ErrorMessage = "RequestBodies:MaxExpansionRatio must be from 10 to 100000.")]
    public int MaxExpansionRatio { get; init; } = 100;
}

/// <summary>Stops the process at start with a sentence that names the wrong setting.</summary>
[OptionsValidator]
internal sealed partial class RequestBodyOptionsValidator : IValidateOptions<RequestBodyOptions>;
