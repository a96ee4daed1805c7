namespace Marketing.AppHost;

/// <summary>A store is a server given by its connection string, else a container, else embedded in the process that uses it.</summary>
internal static class Stores
{
    /// <summary>
    /// The server behind <c>ConnectionStrings:{name}</c> when that is set; else the container, when a container engine
    /// can run it and <c>Containers:{name}</c> does not say otherwise; else null: the store is embedded.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The name of the store and of its connection string.</param>
    /// <param name="container">Adds the container, under that name; null where this build has none.</param>
    /// <param name="byDefault">Whether there is a container when <c>Containers:{name}</c> is not set.</param>
    public static IResourceBuilder<IResourceWithConnectionString>? AddStore(
        this IDistributedApplicationBuilder builder,
        string name,
        Func<IDistributedApplicationBuilder, string, IResourceBuilder<IResourceWithConnectionString>?> container,
        bool byDefault = true)
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(name)))
        {
            return builder.AddConnectionString(name);
        }

        if (!builder.Configuration.GetValue($"Containers:{name}", byDefault))
        {
            return null;
        }

        if (!builder.HasServersOfItsOwn())
        {
            return builder.AddContainer(name, container);
        }

        builder.NeedsNoValueToPublish($"ConnectionStrings:{name}");
        return builder.AddConnectionString(name);
    }

    /// <summary>Hands the project each store that is a server, and holds the project back until that server is healthy.</summary>
    public static IResourceBuilder<ProjectResource> WithStores(
        this IResourceBuilder<ProjectResource> project,
        params IResourceBuilder<IResourceWithConnectionString>?[] stores)
    {
        // The connection string is all that a store's client reads; the password need not be in six variables more.
        project.WithReferenceEnvironment(ReferenceEnvironmentInjectionFlags.ConnectionString);
        foreach (var store in stores)
        {
            if (store is not null)
            {
                project.WithReference(store).WaitFor(store);
            }
        }

        return project;
    }

    /// <summary>How many APIs: <c>Api:Replicas</c>, one when that is not set.</summary>
    /// <exception cref="DistributedApplicationException">More than one, although a store of theirs is embedded.</exception>
    public static int ApiReplicas(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithConnectionString>? milvus,
        IResourceBuilder<IResourceWithConnectionString>? redis)
    {
        var replicas = builder.Configuration.GetValue("Api:Replicas", 1);
        return replicas == 1 || (milvus is not null && redis is not null)
            ? replicas
            : throw new DistributedApplicationException(
                $"Api:Replicas is {replicas}; it must be 1 while milvus or redis is embedded, since an embedded store belongs to one process.");
    }
}
