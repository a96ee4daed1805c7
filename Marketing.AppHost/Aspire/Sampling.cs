namespace Marketing.AppHost;

/// <summary>How many traces reach the dashboard.</summary>
internal static class Sampling
{
    private const string Sampler = "OTEL_TRACES_SAMPLER";

    /// <summary>
    /// Leaves it to the program's own sampler (docs/observability.md). Aspire asks for every trace in development, also of each
    /// poll of a store and of each request of a load test. Published, a program has the share of its own settings.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithOwnSampler(this IResourceBuilder<ProjectResource> program) =>
        program.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? program
            : program.WithEnvironment("Telemetry__SampleRatio", "1").WithEnvironment(context => context.EnvironmentVariables.Remove(Sampler));
}
