using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Marketing.Api.Hosting;

/// <summary>Limits for compressed bodies.</summary>
/// <remarks>Bound from the section <see cref="Section"/>.</remarks>
internal sealed record RequestBodyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RequestBodies";

    /// <summary>The maximum bytes that one compressed body may expand to.</summary>
    /// <remarks>The limits for uncompressed bodies apply as well.</remarks>
    [Range(1024, long.MaxValue, ErrorMessage = Section + ":MaxExpandedBytes must be at least 1024.")]
    public long MaxExpandedBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>The maximum ratio of expanded to compressed bytes, once a body has expanded to 8 MiB.</summary>
    [Range(10, 100_000, ErrorMessage = Section + ":MaxExpansionRatio must be from 10 to 100000.")]
    public int MaxExpansionRatio { get; init; } = 100;
}

/// <summary>Stops startup with a message that names the invalid setting.</summary>
internal sealed class RequestBodyOptionsValidator : IValidateOptions<RequestBodyOptions>
{
    public ValidateOptionsResult Validate(string? name, RequestBodyOptions options)
    {
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(wrong.Select(static one => one.ErrorMessage!));
    }
}
