using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Marketing.ServiceDefaults;

/// <summary>How many traces are kept when a collector is configured; <c>OTEL_TRACES_SAMPLER</c> replaces these settings.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>The share of traces that are kept. Not set: 1 in development, otherwise 0.05.</summary>
    [Range(0.0, 1.0, ErrorMessage = Section + ":SampleRatio must be a number from 0 to 1.")]
    public double? SampleRatio { get; init; }

    /// <summary>The largest number of traces per second that this process keeps.</summary>
    [Range(0.0, 1_000_000.0, ErrorMessage = Section + ":MaxTracesPerSecond must be a number from 0 to 1000000.")]
    public double MaxTracesPerSecond { get; init; } = 50;

    /// <summary>Reads the settings; the sampler needs them before the host is built.</summary>
    /// <exception cref="OptionsValidationException">A setting is out of its range.</exception>
    public static TelemetryOptions Of(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
        var wrong = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true)
            ? options
            : throw new OptionsValidationException(Section, typeof(TelemetryOptions), wrong.Select(static one => one.ErrorMessage!));
    }
}
