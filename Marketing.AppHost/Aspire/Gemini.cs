namespace Marketing.AppHost;

/// <summary>The embedder that is bought as a service.</summary>
internal static class Gemini
{
    private const string Key = "Gemini:ApiKey";

    /// <summary>Its key, a secret; null where there is none. What is published has room for one.</summary>
    public static IResourceBuilder<ParameterResource>? AddGemini(this IDistributedApplicationBuilder builder)
    {
        builder.NeedsNoValueToPublish(Key);
        return builder.ExecutionContext.IsPublishMode || !string.IsNullOrWhiteSpace(builder.Configuration[Key])
            ? builder.AddParameterFromConfiguration("gemini-api-key", Key, secret: true)
            : null;
    }

    /// <summary>Hands the program the key, when there is one.</summary>
    public static IResourceBuilder<ProjectResource> WithGemini(
        this IResourceBuilder<ProjectResource> program, IResourceBuilder<ParameterResource>? key) =>
        key is null ? program : program.WithEnvironment("Gemini__ApiKey", key);
}
